//! Whole files of every format, and what is read from them.

mod collections;
mod feeds;

use std::ops::ControlFlow;
use std::path::Path;

use super::formats::shown;
use super::{Naming, ReadOptions, SourceFile, read_articles};

/// The articles of a fixture, and its trouble.
fn read(name: &str) -> String {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let file = SourceFile::at(&base.join(name), &Naming { base }).unwrap();
    let mut out = String::new();
    let reading = read_articles(&file, &ReadOptions::default(), &mut |article| {
        out.push_str(&shown(&article));
        out.push_str("\n--\n");
        ControlFlow::Continue(())
    });
    match reading {
        Ok(reading) => match reading.trouble {
            Some(trouble) => out + &trouble.to_string(),
            None => out + "no trouble",
        },
        Err(error) => out + &error.to_string(),
    }
}

#[test]
fn json_lines() {
    insta::assert_snapshot!(read("json/lines.jsonl"), @r"
    part = 1
    title = Ferry to Lorne resumes
    url = https://herald.example/ferry
    outlet = Lorne Herald
    authors = Mara Quill; Otto Penn
    published = 2023-05-04T08:30:00+02:00 (metadata)

    The ferry sailed again.

    Two cars were aboard.
    --
    part = 4
    title = Score of the day
    tags = sport; hockey
    date_text = someday in May

    Lorne lost.
    --
    line 3: expected `,` or `}` (and 1 more)
    ");
}

#[test]
fn json_in_a_wrapper() {
    insta::assert_snapshot!(read("json/wrapped.json"), @r"
    part = 1
    title = Bakers & brewers meet
    outlet = Lorne Herald
    authors = Mara Quill; Otto Penn
    published = 2023-05-05T10:00:00Z (metadata)
    people = Ida Holm; Per Vik
    organizations = Guild of Bakers, Lorne
    places = Lorne

    They met at noon.

    Bread
    Beer

    All agreed.
    --
    part = 2
    title = Fog
    lang = en-GB
    published = 2023-05-05T12:00:00Z (metadata)

    It came.

    It went.
    --
    no trouble
    ");
}

#[test]
fn json_cut_short() {
    insta::assert_snapshot!(read("json/cut.json"), @r"
    part = 1
    title = Whole

    This one is whole.
    --
    cut short: the file ends inside what begins at line 2
    ");
}

#[test]
fn reuters() {
    insta::assert_snapshot!(read("reuters/three.sgm"), @r"
    part = 1
    title = LORNE MILLS <LRN> BUYS BARLEY
    outlet = Reuters
    authors = Mara Quill
    tags = barley; grain; lme
    lang = en
    published = 1987-05-04T09:12:33 (metadata)
    dateline = LORNE, May 4
    people = holm
    organizations = fao
    places = norway; faroe-islands

    Lorne Mills and Co said it bought barley for its new brewery & bakery.

    It named no price.
    --
    part = 2
    title = LORNE MILLS SAYS IT MAY SELL BREAD
    outlet = Reuters
    lang = en
    published = 1987-05-04 (metadata)


    --
    part = 3
    title = LORNE WEEKLY FLOUR TABLE - MAY 4
    outlet = Reuters
    lang = en
    date_text = soon

    Wheat flour..........12 vs......11
     Rye flour.............7 vs.......8
    --
    no trouble
    ");
}

#[test]
fn reuters_cut_short() {
    insta::assert_snapshot!(read("reuters/cut.sgm"), @r"
    part = 1
    title = LORNE MILLS <LRN> BUYS BARLEY
    outlet = Reuters
    authors = Mara Quill
    tags = barley; grain; lme
    lang = en
    published = 1987-05-04T09:12:33 (metadata)
    dateline = LORNE, May 4
    people = holm
    organizations = fao
    places = norway; faroe-islands

    Lorne Mills and Co said it bought barley for its new brewery & bakery.

    It named no price.
    --
    cut short: the file ends inside what begins at line 24
    ");
}

#[test]
fn page() {
    insta::assert_snapshot!(read("html/article.html"), @r"
    title = Harbour wall cracks after storm
    url = https://herald.example/2023/05/harbour-wall
    outlet = Lorne Herald
    authors = Mara Quill
    section = Local
    tags = harbour; storm
    lang = en-GB
    published = 2023-05-06T07:15:00+01:00 (metadata)

    A crack as long as a bus has opened in the harbour wall of Lorne, the harbour master said on Saturday, a day after the storm.

    Boats were told to keep away from the northern side until divers have looked at the foundations of the wall.

    What happens next

    Divers will look on Monday
    The council meets on Tuesday

    The wall was built a century ago & was last mended eleven years ago, after a coaster had run into it.
    --
    no trouble
    ");
}

#[test]
fn broken_page() {
    insta::assert_snapshot!(read("html/broken.html"), @r"
    title = Rye harvest late

    The rye is late this year, said the miller Per Vik, who has waited for it since the first week of August.

    Rain had kept the fields of Lorne wet for a month, and the combines stood idle in their sheds, he said.
    --
    no trouble
    ");
}
