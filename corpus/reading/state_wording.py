"""The words of pages that are no article, in the languages that are read: refusals, consent, paywalls."""

from __future__ import annotations

import regex

BLOCKED = regex.compile(
    r"""
      are\ you\ (?:a\ )?(?:human|robot)|(?:not|n’t|n't)\ a\ (?:robot|bot)\b
    | verif\w+\ (?:that\ )?you\ are\ (?:a\ )?human
    | verify\ you\ are|human\ verification|checking\ (?:your|if\ the\ site)|just\ a\ moment
    | attention\ required
    | access\ (?:to\ this\ (?:page|site|website|resource)\ )?(?:has\ been\ |was\ |is\ )?
      (?:denied|blocked|forbidden|restricted)
    | you\ have\ been\ blocked|(?:403|401)\ (?:forbidden|unauthori[sz]ed|error)|error\ (?:403|1020)
    | permission\ to\ access
    | unusual\ (?:traffic|activity)|automated\ (?:access|requests|queries)|pardon\ our\ interruption
    | robot\ check
    | complete\ the\ (?:captcha|security\ check)|security\ check|ddos\ protection|ray\ id
    | too\ many\ requests
    | (?:press|click)\ (?:&|and)\ hold|not\ available\ in\ your\ (?:region|country|location)|\bcaptcha\b
    | kein\ roboter|zugriff\ (?:wurde\ )?(?:verweigert|gesperrt|blockiert)
    | ungewöhnliche[rn]?\ (?:datenverkehr|aktivität)
    | no\ (?:soy|eres)\ un\ robot|acceso\ (?:denegado|bloqueado|restringido)
    | verifi\w+\ que\ (?:eres|es|usted)\ \w*\ ?humano
    | tráfico\ inusual|pas\ un\ robot|accès\ (?:refusé|interdit|bloqué)
    | vérifi\w+\ que\ vous\ êtes\ (?:un\ )?humain
    | trafic\ inhabituel|я\ не\ робот|не\ робот
    | доступ\ (?:\p{L}+\ )?(?:запрещ[её]н|ограничен|заблокирован)|необычн\w+\ (?:трафик|активност)
    | подтвердите,?\ что\ вы|robot\ (?:değilim|olmadığ)|erişim\ (?:engellendi|reddedildi)
    | olağan\ dışı\ trafik
    | (?:لست|لستَ)\ (?:روبوت|آلي)|أنك\ (?:لست|إنسان)|تم\ (?:رفض|حظر)\ (?:الوصول|وصولك)|الوصول\ مرفوض
    | ربات\ نیست|دسترسی\ (?:\p{L}+\ )?(?:مسدود|رد|غیرمجاز|محدود)|ترافیک\ غیرعادی
    | रोबोट\ नहीं|पहुँच\ (?:अस्वीकृत|निषिद्ध)|प्रवेश\ (?:अस्वीकृत|निषेध)|असामान्य\ ट्रैफ़?िक
    | 不是机器人|人机验证|安全验证|验证码|访问(?:被拒绝|受限|被阻止|过于频繁)|拒绝访问|异常流量|請?驗證碼
    | ロボットではありません|ロボットでない
    | アクセスが(?:拒否|制限|ブロック)|アクセスは(?:拒否|禁止)|通常と異なるトラフィック
    | ไม่ใช่(?:หุ่นยนต์|โปรแกรมอัตโนมัติ)|การเข้าถึงถูก(?:ปฏิเสธ|บล็อก)|ปฏิเสธการเข้าถึง
    """,
    regex.IGNORECASE | regex.VERBOSE,
)

JAVASCRIPT = regex.compile(
    r"""
      (?:enable|activate|turn\ on|requires?|needs?|without|disabled|support)[^.]{0,40}\b(?:javascript|js)\b
    | \bjavascript\b[^.]{0,40}(?:enabled?|disabled|required|activ|turned\ off|support)
    | javascript[^.]{0,40}(?:aktiv|deaktiviert|benötigt|eingeschaltet|erforderlich)
    | (?:aktivier|benötig)\w*[^.]{0,40}javascript
    | (?:activ|habilit|desactivad|requiere|necesita)\w*[^.]{0,40}javascript
    | javascript[^.]{0,40}(?:activado|habilitado|desactivado)
    | (?:activ|désactivé|nécessite)\w*[^.]{0,40}javascript|javascript[^.]{0,40}(?:activé|désactivé|requis)
    | (?:включ|отключ|требу)\w*[^.]{0,40}(?:javascript|скрипт)
    | (?:javascript|скрипт)[^.]{0,40}(?:включ|отключ)
    | javascript[^.]{0,40}(?:etkinleştir|devre\ dışı|gerekli|açık)
    | (?:تفعيل|تمكين|تشغيل|يتطلب)[^.]{0,40}(?:javascript|جافا\s?سكر?يبت)
    | (?:javascript|جافا\s?سکریپت|جاوا\s?اسکریپت)[^.]{0,40}(?:فعال|غیرفعال|مفعّ?ل)
    | (?:javascript|जावास्क्रिप्ट)[^।]{0,40}(?:सक्षम|चालू|सक्रिय|आवश्यक)
    | (?:启用|开启|打开|啟用|需要|禁用)[^。]{0,20}javascript
    | javascript[^。]{0,20}(?:启用|啟用|已禁用|被禁用|支持)
    | javascript[^。]{0,20}(?:有効|無効|必要|オン)
    | (?:เปิดใช้งาน|เปิดใช้|ต้องการ)[^.]{0,30}(?:javascript|จาวาสคริปต์)|javascript[^.]{0,30}ปิด
    """,
    regex.IGNORECASE | regex.VERBOSE,
)

CONSENT = regex.compile(
    r"""
      \bcookies?\b|\bgdpr\b|\bconsent\b|\bprivacy\ (?:settings|choices|preferences|policy)
    | tracking\ technolog
    | (?:our|and\ our|\d+)\ (?:partners|vendors)\b|legitimate\ interest
    | einwilligung|zustimm\w+|datenschutz|tracking|cookie-|unsere\ partner|consentimiento|privacidad
    | nuestros\ socios
    | consentement|confidentialité|nos\ partenaires|vos\ choix|traceurs|файл\w*\ cookie|куки|согласи\w+
    | конфиденциальност
    | çerez|onay\w*|gizlilik|rıza|ملفات\ تعريف\ الارتباط|الكوكيز|موافق|الخصوصية|کوکی|رضایت|حریم\ خصوصی
    | موافقت
    | कुकी|सहमति|गोपनीयता|隐私|隱私|同意|クッキー|プライバシー|คุกกี้|ความยินยอม|ความเป็นส่วนตัว|ยอมรับ
    """,
    regex.IGNORECASE | regex.VERBOSE,
)

CHOICE = regex.compile(
    r"""
      \b(?:accept|agree|reject|decline|manage|refuse|allow)\b|(?:akzeptier|zustimm|ablehn|einverstanden)\w*
    | (?:acept|rechaz)\w+|(?:accept|refus|tout\ autoris)\w+|прин(?:ять|има)\w*|отклон\w+|соглас\w+|kabul
    | reddet
    | (?:أ?قبول|رفض|موافق)|(?:پذیرش|می‌?پذیرم|قبول|موافقم|رد)|(?:स्वीकार|अस्वीकार|सहमत)
    | 接受|同意|拒绝|拒絕|拒否|許可
    | ยอมรับ|ปฏิเสธ
    """,
    regex.IGNORECASE | regex.VERBOSE,
)
"""What is asked of the reader."""

PAYWALL = regex.compile(
    r"""
      (?:subscribe|subscription|sign\ up|register|log\ ?in|sign\ in|become\ a\ member|join)\b
      [^.]{0,60}\b(?:to\ (?:continue|keep|read|unlock|access|view)|for\ (?:full|unlimited)\ access)
    | (?:continue|keep|want\ to\ read|to\ read)\b
      [^.]{0,40}\b(?:subscribe|subscription|sign\ (?:in|up)|log\ in|register|create\ a\ free\ account)
    | (?:for|only\ for|exclusive\ to|available\ to)\ (?:paid\ )?(?:subscribers|members)(?:\ only)?
    | subscriber[s-]?\ ?(?:only|exclusive)
    | this\ (?:article|content|story|post)\ is\ (?:only\ )?(?:for|available|reserved|locked|exclusive|premium)
    | already\ (?:a\ )?(?:subscriber|have\ an\ account|a\ member|subscribed)
    | unlock\ (?:this|the\ full|full|unlimited)
    | (?:free|remaining)\ articles?\ (?:left|remaining|this\ month)
    | you(?:’|')ve\ (?:reached|read)\ your[^.]{0,30}(?:limit|article)
    | read\ the\ (?:full|rest\ of\ th[ei]s?)\ (?:story|article)
    | (?:jetzt|weiterlesen)[^.]{0,40}\babo|mit\ (?:dem\ )?[\w-]*abo\b|nur\ für\ abonnent
    | abonnement\s+(?:weiter|lesen)|bereits\ (?:abonnent|abonniert|registriert)|exklusiv\ für\ abonnent
    | (?:suscr[ií]b|hazte\ socio|regístrate)\w*[^.]{0,40}(?:seguir|continuar|leer|acced)
    | (?:contenido|artículo|noticia)\ (?:exclusiv\w+|solo|reservad\w+)\ para\ (?:suscriptores|socios)
    | para\ (?:seguir|continuar)\ leyendo|ya\ (?:eres|soy)\ suscriptor
    | (?:article|contenu|suite)[^.]{0,20}réservée?\ (?:à\ nos|aux)\ abonnés
    | abonnez-vous[^.]{0,40}(?:lire|suite|accéd)
    | il\ vous\ reste\ [^.]{0,10}%?[^.]{0,40}à\ (?:lire|découvrir)|déjà\ abonné
    | (?:оформите|купите|доступн\w+)[^.]{0,30}подписк|только\ (?:для|по)\ подпис\w+
    | чтобы\ (?:продолжить\ чтение|читать\ дальше|прочитать)|уже\ подписан
    | (?:devamını\ okumak|okumaya\ devam)[^.]{0,40}(?:abone|üye|giriş)
    | (?:sadece|yalnızca)\ (?:aboneler|üyeler)|abonelere\ özel|zaten\ abone
    | (?:اشترك|للاشتراك|سجّ?ل)[^.]{0,40}(?:القراءة|لقراءة|المتابعة|متابعة)|(?:للمشتركين|للأعضاء)\ فقط
    | محتوى\ (?:حصري|مدفوع)|مشترك\ بالفعل
    | (?:اشتراک|مشترک|عضو)[^.]{0,40}(?:ادامه|خواندن|مطالعه)|(?:ویژه|مخصوص|فقط\ برای)\ مشترکان
    | برای\ (?:ادامه|خواندن\ ادامه)
    | (?:सब्सक्राइब|सदस्यता|लॉग\ ?इन)[^।]{0,40}(?:पढ़|जारी|पूरी)|केवल\ (?:सब्सक्राइबर|सदस्यों|ग्राहकों)
    | पूरी?\ (?:खबर|लेख)\ पढ़ने\ के\ लिए
    | (?:订阅|訂閱|登录|登入|会员|會員|付费|付費|注册)[^。]{0,20}(?:继续|繼續|阅读|閱讀|全文|解锁|查看)
    | (?:剩余|剩餘|全文)[^。]{0,10}(?:付费|订阅|會員|会员)|(?:仅限|限)(?:会员|订阅|付费)
    | (?:有料|会員)(?:会員)?(?:限定|記事|登録)|この(?:記事|続き)は[^。]{0,30}(?:有料|会員|購読|ログイン)
    | (?:続き|全文)を(?:読む|お読み)[^。]{0,20}(?:には|登録|ログイン)|残り\d+文字
    | (?:สมัคร(?:สมาชิก)?|เข้าสู่ระบบ|ลงทะเบียน)[^.]{0,30}(?:อ่านต่อ|อ่าน|เข้าถึง)
    | (?:เฉพาะ|สำหรับ)(?:สมาชิก|ผู้สมัคร)
    """,
    regex.IGNORECASE | regex.VERBOSE,
)
