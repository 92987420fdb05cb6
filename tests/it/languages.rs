//! Every language that has a stemmer: inflections, phrases, folding, and `lang:`.

use crate::harness::Archive;

/// For each language an article, an inflection of a word in it, and a phrase in it.
const ARTICLES: [(&str, &str, &str, &str); 31] = [
    ("ar", "أعلن العمال إضرابا جديدا في ميناء المدينة.", "إضراب", "ميناء المدينة"),
    ("ca", "Els treballadors del port comencen una vaga dilluns.", "treballador", "una vaga"),
    ("cs", "Přístavní dělníci zahájili v pondělí velkou stávku.", "dělníků", "velkou stávku"),
    ("da", "Havnearbejderne begynder en strejke på mandag.", "strejker", "en strejke"),
    ("de", "Die Häuser am Hafen wurden am Montag geräumt.", "Hafens", "am Hafen"),
    ("el", "Οι εργάτες του λιμανιού αρχίζουν απεργία τη Δευτέρα.", "λιμάνι", "του λιμανιού"),
    ("en", "The workers of the port are striking on Monday.", "strikes", "of the port"),
    ("es", "Los trabajadores del puerto votarán nuevas huelgas.", "huelga", "del puerto"),
    ("et", "Sadama töötajad alustavad esmaspäeval suurt streiki.", "sadamas", "suurt streiki"),
    ("eu", "Portuko langileek greba hasiko dute astelehenean.", "langileen", "greba hasiko"),
    (
        "fi",
        "Sataman työntekijät aloittavat maanantaina lakon.",
        "satamassa",
        "aloittavat maanantaina",
    ),
    ("fr", "Les ouvriers du port décident de nouvelles grèves.", "grève", "du port"),
    ("ga", "Tá stailc ag oibrithe an chalafoirt ar an Luan.", "calafoirt", "an chalafoirt"),
    ("hi", "बंदरगाह के मजदूरों ने सोमवार को हड़ताल शुरू की।", "मजदूर", "सोमवार को"),
    ("hu", "A kikötő munkásai hétfőn sztrájkot kezdenek.", "sztrájk", "sztrájkot kezdenek"),
    (
        "hy",
        "Նավահանգստի աշխատողները երկուշաբթի գործադուլ են սկսում։",
        "աշխատողներին",
        "գործադուլ են",
    ),
    ("id", "Para pekerja pelabuhan memulai pemogokan hari Senin.", "bekerja", "hari Senin"),
    ("it", "I lavoratori del porto annunciano nuovi scioperi.", "sciopero", "del porto"),
    ("ko", "항만 노동자들이 월요일 서울에서 파업을 시작했다.", "노동자", "서울에서 파업을"),
    ("lt", "Uosto darbininkai pirmadienį pradeda streiką.", "streikas", "pradeda streiką"),
    ("nb", "Havnearbeiderne begynner en streik på mandag.", "streiker", "en streik"),
    ("nl", "De havenarbeiders beginnen maandag met stakingen.", "staking", "beginnen maandag"),
    ("no", "Husene ved havnen ble ryddet på mandag.", "huset", "ved havnen"),
    ("pl", "Robotnicy portowi rozpoczynają w poniedziałek strajk.", "strajku", "w poniedziałek"),
    ("pt", "Os trabalhadores do porto decidem novas greves.", "greve", "do porto"),
    ("ro", "Muncitorii din port încep luni o grevă.", "muncitorilor", "din port"),
    ("ru", "Портовые рабочие начинают в понедельник забастовку.", "забастовки", "в понедельник"),
    ("sr", "Лучки радници у понедељак почињу штрајк.", "штрајка", "у понедељак"),
    ("sv", "Hamnarbetarna inleder en strejk på måndag.", "strejken", "en strejk"),
    (
        "ta",
        "துறைமுகத் தொழிலாளர்கள் திங்களன்று வேலைநிறுத்தம் செய்கிறார்கள்.",
        "தொழிலாளர்",
        "வேலைநிறுத்தம் செய்கிறார்கள்",
    ),
    ("tr", "Liman işçileri pazartesi günü grevlere başlıyor.", "grevler", "pazartesi günü"),
];

fn archive() -> Archive {
    let archive = Archive::new();
    for (language, text, ..) in ARTICLES {
        archive.write(&format!("{language}.txt"), format!("Language: {language}\n\n{text}\n"));
    }
    archive.index();
    archive
}

/// The source files that match, without their endings.
fn found(archive: &Archive, query: &str) -> Vec<String> {
    let output = archive.run(&["search", query, "-l", "-n", "all"]);
    output.lines().into_iter().map(|line| line.trim_end_matches(".txt").to_owned()).collect()
}

#[test]
fn words_are_found_in_any_inflection_and_phrases_as_they_are() {
    let archive = archive();
    let mut missed = Vec::new();
    for (language, _, inflected, phrase) in ARTICLES {
        let queries = [
            format!("{inflected} lang:{language}"),
            format!("\"{phrase}\" lang:{language}"),
            // Neither case nor accents matter.
            format!("\"{}\" lang:{language}", phrase.to_uppercase()),
        ];
        for query in queries {
            if found(&archive, &query) != [language] {
                missed.push(query);
            }
        }
        // A phrase takes no other inflection.
        let query = format!("\"{inflected}\" lang:{language}");
        if !found(&archive, &query).is_empty() {
            missed.push(query);
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn letters_fold_as_their_readers_do() {
    let archive = Archive::with(&[
        ("greek.txt", "Language: el\n\nΟ Γιώργος μίλησε στους εργάτες.\n"),
        ("turkish.txt", "Language: tr\n\nIşıklar Iğdır'da söndü, İstanbul'da yandı.\n"),
        ("german.txt", "Language: de\n\nDie Straße nach Köln ist gesperrt.\n"),
        ("arabic.txt", "Language: ar\n\nوصل إلى مِصر أمس.\n"),
    ]);
    archive.index();
    for (query, file) in [
        ("\"ΓΙΩΡΓΟΣ\"", "greek"),
        ("\"γιωργος\"", "greek"),
        ("igdir istanbul", "turkish"),
        ("\"ışıklar\"", "turkish"),
        ("strasse koln", "german"),
        ("\"مصر\"", "arabic"),
    ] {
        assert_eq!(found(&archive, query), [file], "{query}");
    }
}

#[test]
fn a_language_is_declared_or_plain() {
    let german = "Die Hafenarbeiter stimmen am Freitag darüber ab, ob sie wieder streiken. Der \
                  Hafen bleibt bis dahin geschlossen, teilte die Gewerkschaft am Abend mit. ";
    let archive = Archive::with(&[
        ("template.txt", format!("Language: en\n\n{}\n", german.repeat(5))),
        ("thai.txt", "คนงานท่าเรือนัดหยุดงานประท้วง\n".to_owned()),
        ("chinese.txt", "Language: zh-Hant\n\n碼頭工人星期一開始罷工\n".to_owned()),
        ("japanese.txt", "港湾労働者が月曜日にストに入った\n".to_owned()),
        ("korean.txt", "항만 노동자들이 월요일 파업에 들어갔다\n".to_owned()),
        ("hebrew.txt", "Language: iw\n\nעובדי הנמל שובתים\n".to_owned()),
    ]);
    archive.index();
    for (language, file) in [
        ("de", "template"),
        ("th", "thai"),
        ("zh", "chinese"),
        ("ja", "japanese"),
        ("ko", "korean"),
        ("he", "hebrew"),
    ] {
        assert_eq!(found(&archive, &format!("lang:{language}")), [file], "{language}");
    }
    assert_eq!(found(&archive, "서울에서 OR 파업이"), ["korean"]);
}

/// Words without spaces are counted, and near one another, as words.
#[test]
#[cfg(feature = "segmentation")]
fn words_without_spaces_count_as_words() {
    let archive = Archive::with(&[("a.txt", "Language: th\n\nตำรวจจับกุมผู้ต้องสงสัยในกรุงเทพมหานคร\n")]);
    archive.index();
    for (query, matches) in [
        ("กรุงเทพ", true),
        ("\"กรุงเทพมหานคร\"", true),
        ("ตำรวจ pre/1 จับกุม", true),
        ("ตำรวจ near/7 กรุงเทพ", true),
        ("words<8", true),
        ("words<3", false),
    ] {
        assert_eq!(found(&archive, query).len(), usize::from(matches), "{query}");
    }
}
