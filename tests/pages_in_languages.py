# ruff: noqa: E501  # scripts differ in width, and a paragraph is easier to judge in few lines
"""Small pages in the twelve languages, written for these tests: an article in each, and what is none."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """What a site in one language says."""

    title: str
    paragraphs: tuple[str, ...]
    """Of an article, each a few sentences."""
    blocked: str
    javascript: str
    consent: tuple[str, str]
    """The question, and the button below it."""
    paywall: str


LANGUAGES: dict[str, Words] = {
    "en": Words(
        "Storm stops the ferry to the islands",
        (
            "The ferry to the northern islands did not sail on Monday because of the storm. More than two hundred"
            " passengers slept in the harbour hall, where volunteers gave out soup and blankets.",
            "The company expects the ships to sail again on Wednesday, a spokeswoman told the town council. Fishermen"
            " had seen waves of six metres near the old lighthouse during the night.",
            "The mayor thanked the volunteers and promised a larger hall before next winter. The last storm of this"
            " strength was in the spring of the year in which the new pier was opened.",
        ),
        "Please verify that you are human to continue.",
        "You need to enable JavaScript to run this app.",
        (
            "We and our partners use cookies to store information on your device. Do you consent?",
            "Accept all",
        ),
        "Subscribe to continue reading this story.",
    ),
    "de": Words(
        "Sturm stoppt die Fähre zu den Inseln",
        (
            "Die Fähre zu den nördlichen Inseln ist am Montag wegen des Sturms nicht gefahren. Mehr als zweihundert"
            " Fahrgäste schliefen in der Hafenhalle, wo Helfer Suppe und Decken verteilten.",
            "Die Reederei erwartet, dass die Schiffe am Mittwoch wieder fahren, sagte eine Sprecherin dem Stadtrat."
            " Fischer hatten in der Nacht beim alten Leuchtturm Wellen von sechs Metern gesehen.",
            "Der Bürgermeister dankte den Helfern und versprach eine größere Halle vor dem nächsten Winter. Zuletzt"
            " hatte es einen so starken Sturm im Frühjahr gegeben, als die neue Mole eröffnet wurde.",
        ),
        "Bitte bestätigen Sie, dass Sie kein Roboter sind.",
        "Bitte aktivieren Sie JavaScript, um diese Seite zu sehen.",
        (
            "Wir und unsere Partner verwenden Cookies, um Daten auf Ihrem Gerät zu speichern.",
            "Alle akzeptieren",
        ),
        "Weiterlesen mit dem Abo: Dieser Artikel ist nur für Abonnenten.",
    ),
    "es": Words(
        "La tormenta detiene el transbordador a las islas",
        (
            "El transbordador a las islas del norte no zarpó el lunes a causa de la tormenta. Más de doscientos"
            " pasajeros durmieron en la sala del puerto, donde los voluntarios repartieron sopa y mantas.",
            "La compañía espera que los barcos vuelvan a zarpar el miércoles, dijo una portavoz al ayuntamiento. Los"
            " pescadores habían visto por la noche olas de seis metros cerca del viejo faro.",
            "El alcalde dio las gracias a los voluntarios y prometió una sala más grande antes del próximo invierno."
            " La última tormenta tan fuerte fue en la primavera en que se abrió el nuevo muelle.",
        ),
        "Confirma que no eres un robot para continuar.",
        "Es necesario activar JavaScript para ver esta página.",
        ("Nosotros y nuestros socios usamos cookies y pedimos su consentimiento.", "Aceptar todo"),
        "Contenido exclusivo para suscriptores. Suscríbete para seguir leyendo.",
    ),
    "ru": Words(
        "Шторм остановил паром на острова",
        (
            "Паром на северные острова в понедельник не вышел в море из-за шторма. Более двухсот пассажиров ночевали"
            " в зале порта, где добровольцы раздавали суп и одеяла.",
            "Компания ожидает, что суда снова выйдут в море в среду, сообщила городскому совету её представительница."
            " Рыбаки видели ночью у старого маяка волны высотой шесть метров.",
            "Мэр поблагодарил добровольцев и обещал построить до следующей зимы зал побольше. Последний шторм такой"
            " силы был весной того года, когда открыли новый причал.",
        ),
        "Подтвердите, что вы не робот.",
        "Для просмотра страницы включите JavaScript в браузере.",
        ("Мы используем файлы cookie и просим ваше согласие на обработку данных.", "Принять все"),
        "Оформите подписку, чтобы продолжить чтение.",
    ),
    "tr": Words(
        "Fırtına adalara giden vapuru durdurdu",
        (
            "Kuzey adalarına giden vapur pazartesi günü fırtına yüzünden sefere çıkmadı. İki yüzden fazla yolcu liman"
            " salonunda uyudu, gönüllüler çorba ve battaniye dağıttı.",
            "Şirket sözcüsü belediye meclisine gemilerin çarşamba günü yeniden sefere çıkmasını beklediklerini"
            " söyledi. Balıkçılar gece eski deniz fenerinin yanında altı metrelik dalgalar gördü.",
            "Belediye başkanı gönüllülere teşekkür etti ve gelecek kıştan önce daha büyük bir salon sözü verdi. Bu"
            " güçte son fırtına yeni iskelenin açıldığı yılın ilkbaharında çıkmıştı. O gün de seferler iptal edildi"
            " ve yolcular iki gün boyunca limanda bekledi.",
        ),
        "Devam etmek için robot olmadığınızı doğrulayın.",
        "Bu sayfayı görmek için JavaScript etkinleştirilmelidir.",
        ("Biz ve ortaklarımız çerez kullanıyoruz ve onayınızı istiyoruz.", "Tümünü kabul et"),
        "Bu içerik abonelere özel. Okumaya devam etmek için abone olun.",
    ),
    "fr": Words(
        "La tempête arrête le bac des îles",
        (
            "Le bac des îles du nord n'a pas pris la mer lundi à cause de la tempête. Plus de deux cents passagers ont"
            " dormi dans la salle du port, où des bénévoles distribuaient de la soupe et des couvertures.",
            "La compagnie pense que les bateaux repartiront mercredi, a dit une porte-parole au conseil municipal. Des"
            " pêcheurs avaient vu dans la nuit des vagues de six mètres près du vieux phare.",
            "Le maire a remercié les bénévoles et promis une salle plus grande avant l'hiver prochain. La dernière"
            " tempête de cette force remonte au printemps de l'année où la nouvelle jetée a été ouverte.",
        ),
        "Merci de confirmer que vous n'êtes pas un robot.",
        "Veuillez activer JavaScript pour afficher cette page.",
        ("Nous et nos partenaires utilisons des cookies avec votre consentement.", "Tout accepter"),
        "La suite est réservée aux abonnés. Abonnez-vous pour lire l'article en entier.",
    ),
    "ar": Words(
        "العاصفة توقف العبارة إلى الجزر",
        (
            "لم تبحر العبارة إلى الجزر الشمالية يوم الاثنين بسبب العاصفة. ونام أكثر من مئتي راكب في قاعة الميناء حيث"
            " وزع المتطوعون الحساء والبطانيات على العائلات والأطفال وكبار السن طوال الليل.",
            "وقالت متحدثة باسم الشركة أمام مجلس المدينة إن الشركة تتوقع أن تبحر السفن من جديد يوم الأربعاء. وكان"
            " الصيادون قد رأوا في الليل أمواجا بارتفاع ستة أمتار قرب المنارة القديمة عند مدخل الخليج.",
            "وشكر رئيس البلدية المتطوعين ووعد بقاعة أكبر قبل الشتاء المقبل. وكانت آخر عاصفة بهذه القوة في ربيع العام"
            " الذي افتتح فيه الرصيف الجديد، وتوقفت الرحلات يومين كاملين. وطلب المجلس من السكان البقاء في بيوتهم حتى"
            " الصباح وعدم الاقتراب من الشاطئ.",
        ),
        "يرجى التأكيد أنك لست روبوت للمتابعة.",
        "يرجى تفعيل JavaScript لعرض هذه الصفحة.",
        ("نستخدم نحن وشركاؤنا ملفات تعريف الارتباط ونطلب موافقتك.", "قبول الكل"),
        "هذا المحتوى للمشتركين فقط. اشترك لمتابعة القراءة.",
    ),
    "fa": Words(
        "توفان کشتی جزیره‌ها را متوقف کرد",
        (
            "کشتی جزیره‌های شمالی روز دوشنبه به دلیل توفان حرکت نکرد. بیش از دویست مسافر در سالن بندر خوابیدند و"
            " داوطلبان میان آنها سوپ و پتو پخش کردند تا شب سرد را بگذرانند.",
            "سخنگوی شرکت به شورای شهر گفت که انتظار می‌رود کشتی‌ها روز چهارشنبه دوباره حرکت کنند. ماهیگیران شب گذشته"
            " نزدیک فانوس دریایی قدیمی موج‌هایی به بلندی شش متر دیده بودند.",
            "شهردار از داوطلبان تشکر کرد و قول داد که پیش از زمستان آینده سالن بزرگ‌تری ساخته شود. آخرین توفان با این"
            " شدت در بهار سالی بود که اسکله تازه باز شد و سفرها دو روز تعطیل ماند. شورا از مردم خواست تا صبح در خانه"
            " بمانند و به ساحل نزدیک نشوند.",
        ),
        "لطفا تایید کنید که ربات نیستید.",
        "برای دیدن این صفحه باید جاوااسکریپت فعال باشد.",
        ("ما و شرکای ما از کوکی استفاده می‌کنیم و رضایت شما را می‌خواهیم.", "پذیرش همه"),
        "این مطلب ویژه مشترکان است. برای ادامه مطلب اشتراک بخرید.",
    ),
    "hi": Words(
        "तूफ़ान ने द्वीपों की नौका रोकी",
        (
            "उत्तरी द्वीपों की नौका सोमवार को तूफ़ान के कारण नहीं चली। दो सौ से अधिक यात्री बंदरगाह के हॉल में सोए, जहाँ"
            " स्वयंसेवकों ने सूप और कंबल बाँटे।",
            "कंपनी की प्रवक्ता ने नगर परिषद को बताया कि जहाज़ बुधवार को फिर चलने की उम्मीद है। मछुआरों ने रात में पुराने"
            " प्रकाशस्तंभ के पास छह मीटर ऊँची लहरें देखी थीं।",
            "महापौर ने स्वयंसेवकों को धन्यवाद दिया और अगली सर्दी से पहले बड़े हॉल का वादा किया। इतना तेज़ पिछला तूफ़ान उस"
            " वर्ष के वसंत में आया था जब नया घाट खुला था। परिषद ने लोगों से सुबह तक घर में रहने और तट के पास न जाने को कहा।",
        ),
        "जारी रखने के लिए पुष्टि करें कि आप रोबोट नहीं हैं।",
        "इस पेज को देखने के लिए JavaScript सक्षम करें।",
        ("हम और हमारे साझेदार कुकी का उपयोग करते हैं और आपकी सहमति चाहते हैं।", "सभी स्वीकार करें"),
        "पूरी खबर पढ़ने के लिए सब्सक्राइब करें।",
    ),
    "zh": Words(
        "风暴使开往群岛的渡轮停航",
        (
            "由于风暴，开往北部群岛的渡轮星期一没有启航。两百多名乘客在港口大厅过夜，志愿者为他们分发热汤和毛毯。老人和孩子被安排在靠近火炉的位置。",
            "公司发言人对市议会说，预计船只将在星期三恢复航行。渔民夜间在旧灯塔附近看到了六米高的海浪。港口的两座吊车受到损坏，修理工作将在风停之后开始。",
            "市长感谢志愿者，并承诺在下一个冬天之前建造一座更大的大厅。上一次这样强烈的风暴发生在新码头启用的那年春天，当时航班停了整整两天，岛上的商店几乎没有了面包。",
        ),
        "请完成安全验证以继续访问。",
        "请启用 JavaScript 以查看此页面。",
        ("我们使用 Cookie 处理您的隐私数据，请您同意。", "全部接受"),
        "订阅后可继续阅读全文。",
    ),
    "ja": Words(
        "嵐で島へのフェリーが欠航",
        (
            "北の島々へ向かうフェリーは、嵐のため月曜日に出航しなかった。二百人を超える乗客が港のホールで眠り、ボランティアが温かいスープと毛布を配った。",
            "会社の広報担当者は町議会に対し、水曜日には船が再び出航する見込みだと語った。漁師たちは夜の間に古い灯台の近くで高さ六メートルの波を見ていた。",
            "町長はボランティアに感謝し、次の冬までにもっと大きなホールを建てると約束した。これほど強い嵐は、新しい桟橋が開いた年の春以来で、そのときは二日間すべての便が止まった。",
        ),
        "続行するには、ロボットではありませんにチェックを入れてください。",
        "このページを表示するには JavaScript を有効にしてください。",
        ("当社はクッキーを使用します。プライバシー設定に同意してください。", "すべて許可"),
        "この記事は有料会員限定です。",
    ),
    "th": Words(
        "พายุทำให้เรือข้ามไปเกาะหยุดเดินเรือ",
        (
            "เรือข้ามฟากไปยังหมู่เกาะทางเหนือไม่ได้ออกเดินทางในวันจันทร์เพราะพายุ ผู้โดยสารกว่าสองร้อยคนนอนในห้องโถงของท่าเรือ"
            "ซึ่งอาสาสมัครแจกซุปและผ้าห่ม",
            "โฆษกของบริษัทบอกสภาเมืองว่าคาดว่าเรือจะออกเดินทางอีกครั้งในวันพุธ ชาวประมงเห็นคลื่นสูงหกเมตรใกล้ประภาคารเก่าในตอนกลางคืน",
            "นายกเทศมนตรีขอบคุณอาสาสมัครและสัญญาว่าจะสร้างห้องโถงที่ใหญ่ขึ้นก่อนฤดูหนาวหน้า พายุแรงขนาดนี้ครั้งล่าสุดเกิดขึ้นในฤดูใบไม้ผลิของปีที่เปิดท่าเรือใหม่",
        ),
        "โปรดยืนยันว่าคุณไม่ใช่หุ่นยนต์",
        "กรุณาเปิดใช้งาน JavaScript เพื่อดูหน้านี้",
        ("เราใช้คุกกี้และขอความยินยอมจากคุณ", "ยอมรับทั้งหมด"),
        "สมัครสมาชิกเพื่ออ่านต่อ",
    ),
}


def page(body: str, *, title: str = "", lang: str = "en", head: str = "") -> bytes:
    """A whole page in UTF-8."""
    head = f'<head><meta charset="utf-8"><title>{title}</title>{head}</head>'
    return f'<!DOCTYPE html><html lang="{lang}">{head}<body>{body}</body></html>'.encode()


def article(words: Words, *, n_paragraphs: int = 3, below: str = "") -> str:
    """The body of a page with an article and the site around it."""
    inner = "".join(f"<p>{paragraph}</p>" for paragraph in words.paragraphs[:n_paragraphs])
    site = "<nav><ul><li><a href='/'>1</a></li><li><a href='/sport'>2</a></li></ul></nav>"
    return (
        f"{site}<main><article><h1>{words.title}</h1>{inner}{below}</article></main><footer>© 2021</footer>"
    )


def pages_of_every_state(code: str = "en") -> dict[str, bytes]:
    """A page for each thing that may stand in an article's place, some words of which can be read."""
    words = LANGUAGES[code]
    question, button = words.consent
    bodies = {
        "blocked": f"<h1>news.example</h1><p>{words.blocked}</p>",
        "javascript": f"<div id='root'><p>{words.javascript}</p></div><script src='a.js'></script>",
        "consent": f"<div><p>{question}</p><p>{question} {question}</p><button>{button}</button></div>",
        "paywall": article(words, n_paragraphs=2, below=f"<p>{words.paywall}</p>"),
        "short": article(words, n_paragraphs=1),
    }
    return {state: page(body, title=f"{words.title} {state}", lang=code) for state, body in bodies.items()}
