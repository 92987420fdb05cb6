//! Archives of all kinds, whole, cut, faulty and hostile.

use std::fs;
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use proptest::prelude::*;

use super::Bounds;
use crate::ingest::{Naming, ReadOptions, SourceFile, read_articles, read_from};

const FERRY: &[u8] = b"Ferry\n\nIt sailed.";

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/archives").join(name)
}

/// `part: title` of each article in `bytes`, and the trouble.
fn read_with(name: &str, bytes: impl Read, bounds: Bounds) -> (Vec<String>, String) {
    let options = ReadOptions { bounds, ..ReadOptions::default() };
    let mut found = Vec::new();
    let reading = read_from(name, bytes, &options, &mut |article| {
        found.push(format!("{}: {}", article.part, article.title));
        ControlFlow::Continue(())
    });
    let trouble = match reading {
        Ok(reading) => reading.trouble.map(|trouble| trouble.to_string()).unwrap_or_default(),
        Err(error) => error.to_string(),
    };
    (found, trouble)
}

fn read(name: &str, bytes: &[u8]) -> (Vec<String>, String) {
    read_with(name, bytes, Bounds::default())
}

/// The same of a file.
fn read_file(path: &Path) -> (Vec<String>, String) {
    let file = SourceFile::at(path, &Naming { base: PathBuf::from("/") }).unwrap();
    let mut found = Vec::new();
    let reading = read_articles(&file, &ReadOptions::default(), &mut |article| {
        found.push(format!("{}: {}", article.part, article.title));
        ControlFlow::Continue(())
    });
    match reading {
        Ok(reading) => {
            let hash = crate::ingest::content_hash(path).unwrap();
            assert_eq!((reading.hash, reading.bytes), (hash, file.size));
            (found, reading.trouble.map(|trouble| trouble.to_string()).unwrap_or_default())
        }
        Err(error) => (found, error.to_string()),
    }
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zst(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

fn bz2(bytes: &[u8]) -> Vec<u8> {
    let mut out = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        // Past the checks of the builder.
        let end = name.len().min(100);
        header.as_old_mut().name[..end].copy_from_slice(&name.as_bytes()[..end]);
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

/// A zip of compressed members.
fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for (name, bytes) in members {
        let mut deflated = DeflateEncoder::new(Vec::new(), Compression::fast());
        deflated.write_all(bytes).unwrap();
        let deflated = deflated.finish().unwrap();
        let mut sum = flate2::Crc::new();
        sum.update(bytes);
        let mut shared = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0];
        for number in [sum.sum(), deflated.len() as u32, bytes.len() as u32, name.len() as u32] {
            shared.extend(number.to_le_bytes());
        }
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&shared);
        directory.extend([0; 10]);
        directory.extend((out.len() as u32).to_le_bytes());
        directory.extend(name.as_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&shared);
        out.extend(name.as_bytes());
        out.extend(&deflated);
    }
    let start = out.len() as u32;
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend((members.len() as u16).to_le_bytes().repeat(2));
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0; 2]);
    out
}

/// The same as a file.
fn read_as_file(bytes: &[u8]) -> (Vec<String>, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    fs::write(&path, bytes).unwrap();
    read_file(&path)
}

#[test]
fn archives_of_other_hands_are_read() {
    let weather = ["2024/weather.jsonl#1: Fog", "2024/weather.jsonl#2: Rain"];
    let all = ["2024/ferry.txt: Ferry runs again", weather[0], weather[1], "snow.html: Snow"];
    let with_gz = [&all[..], &["weather.jsonl.gz#1: Fog", "weather.jsonl.gz#2: Rain"]].concat();
    let inside: Vec<_> = with_gz.iter().map(|line| format!("info-zip.zip/{line}")).collect();
    let mut gnu: Vec<String> = with_gz.iter().map(|line| (*line).to_owned()).collect();
    gnu.extend(inside.iter().cloned());
    let sorted = |(mut found, trouble): (Vec<String>, String)| {
        found.sort();
        (found, trouble)
    };
    gnu.sort();
    for (name, expected) in [
        ("info-zip.zip", with_gz.clone()),
        ("streamed.zip", all.to_vec()),
        ("gnu.tar", gnu.iter().map(String::as_str).collect()),
        ("pax.txz", all[..3].to_vec()),
        ("v7.tbz2", vec![all[0], all[3]]),
        ("plain.txt.zst", vec![": Hill"]),
    ] {
        let expected: Vec<String> = expected.iter().map(|line| (*line).to_owned()).collect();
        let path = fixture(name);
        assert_eq!(sorted(read_file(&path)), (expected.clone(), String::new()), "{name}");
        let piped = sorted(read("-", &fs::read(&path).unwrap()));
        assert_eq!(piped, (expected, String::new()), "{name} piped");
    }
}

#[test]
fn encrypted_members_are_named() {
    let bytes = fs::read(fixture("encrypted.zip")).unwrap();
    let told = "`f.txt`: encrypted (and 1 more)";
    assert_eq!(read_file(&fixture("encrypted.zip")), (Vec::new(), told.to_owned()));
    assert_eq!(read("a.zip", &bytes).1.split(" (").next(), told.split(" (").next());
}

#[test]
fn compressed_files_are_the_files() {
    let lines = b"{\"title\": \"a\"}\n{\"title\": \"b\"}\n";
    for bytes in [gz(lines), zst(lines), bz2(lines), gz(&bz2(&zst(lines)))] {
        assert_eq!(read("a.jsonl.gz", &bytes), (vec!["1: a".into(), "2: b".into()], String::new()));
    }
    // The name without the ending tells the format.
    assert_eq!(read("a.md.gz", &gz(b"# Rain\n\nIt fell.")).0, [": Rain"]);
}

#[test]
fn gzip_goes_on_behind_the_end_of_a_member() {
    let text = |tail: &[u8]| [&gz(b"Ferry\n\nIt "), &gz(b"sailed."), tail].concat();
    let whole = (vec![": Ferry".to_owned()], String::new());
    assert_eq!(read("a.txt.gz", &text(b"")), whole);
    assert_eq!(read("a.txt.gz", &text(&[0; 100_000])), whole);
    let (found, trouble) = read("a.txt.gz", &text(b"some garbage"));
    assert_eq!(found, whole.0);
    assert_eq!(trouble, "bytes that are no gzip stand behind the end of the gzip data");
}

#[test]
fn names_of_members_are_only_names_and_each_its_own() {
    let members: [(&str, &[u8]); 6] = [
        ("/etc/a.txt", FERRY),
        ("../../a.txt", FERRY),
        ("./a.txt", FERRY),
        ("a.txt", FERRY),
        ("__MACOSX/._a.txt", FERRY),
        ("folder/", b""),
    ];
    let expected = ["/etc/a.txt", "../../a.txt", "a.txt", "a.txt~2"].map(|n| format!("{n}: Ferry"));
    for bytes in [tar(&members), zip(&members)] {
        assert_eq!(read("a", &bytes), (expected.to_vec(), String::new()));
        assert_eq!(read_as_file(&bytes), (expected.to_vec(), String::new()));
    }
}

#[test]
fn troubles_name_their_member_and_the_others_are_read() {
    let members: [(&str, &[u8]); 4] = [
        ("a.txt", FERRY),
        ("b.gz", b"\x1F\x8B\x08\0\0\0\0\0\0\0\xFF\xFF\xFF\xFF\xFF"),
        ("c.json", b"{}"),
        ("d.txt", FERRY),
    ];
    for bytes in [tar(&members), zip(&members)] {
        for (found, trouble) in [read("a", &bytes), read_as_file(&bytes)] {
            assert_eq!(found, ["a.txt: Ferry", "d.txt: Ferry"]);
            assert!(trouble.starts_with("`b.gz`: broken gzip data: "), "{trouble}");
            assert!(trouble.ends_with("(and 1 more)"), "{trouble}");
        }
    }
}

#[test]
fn a_zip_behind_a_program_is_found_by_its_directory() {
    let archive = zip(&[("a.txt", FERRY)]);
    let moved = [b"PK\x03\x04 no member, but a program", archive.as_slice()].concat();
    assert_eq!(read_as_file(&moved), (vec!["a.txt: Ferry".to_owned()], String::new()));
}

#[test]
fn wrong_checksums_are_told() {
    let mut bytes =
        zip(&[("a.jsonl", b"{\"title\": \"a\"}\n{\"title\": \"b\"}\n"), ("b.txt", FERRY)]);
    let central = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
    bytes[14] ^= 1;
    bytes[central + 16] ^= 1;
    let expected = vec!["a.jsonl#1: a".to_owned(), "b.txt: Ferry".to_owned()];
    let told = "`a.jsonl`: broken zip data: the checksum is another".to_owned();
    assert_eq!(read_as_file(&bytes), (expected.clone(), told.clone()));
    assert_eq!(read("a", &bytes), (expected, told));
}

#[test]
fn documents_that_are_zips_are_no_archives() {
    let bytes = zip(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")]);
    for name in ["a.docx", "a"] {
        assert_eq!(read(name, &bytes).0, [""; 0]);
    }
    assert_eq!(read("a.docx", &bytes).1, "`.docx` files are not read");
}

#[test]
fn cut_archives_keep_what_stands_before() {
    let noise: String =
        (0..200_000_u32).map(|n| format!("{:x} ", n.wrapping_mul(0x9E37_79B1))).collect();
    let last = format!("Last\n\n{noise}");
    let members: [(&str, &[u8]); 2] = [("a.txt", FERRY), ("b.txt", last.as_bytes())];
    for (what, bytes) in [
        ("tar", tar(&members)),
        ("zip", zip(&members)),
        ("gzip", gz(&tar(&members))),
        ("zstd", zst(&tar(&members))),
    ] {
        let cut = &bytes[..bytes.len() / 2];
        for (found, trouble) in [read("a", cut), read_as_file(cut)] {
            assert_eq!(found, ["a.txt: Ferry"], "{what}: {trouble}");
            assert_eq!(trouble, format!("cut short: the {what} data end too early"));
        }
    }
}

/// 10 GB of one letter by each method: compressed letters, so often that they are as
/// many.
fn bombs() -> Vec<(&'static str, Vec<u8>, usize)> {
    let letters = vec![b'x'; 64 << 20];
    let times = 10_000_000_000 / letters.len();
    let xz = fs::read(fixture("letters-64-mib.xz")).unwrap();
    vec![
        ("gzip", gz(&letters), times),
        ("zstd", zst(&letters), times),
        ("bzip2", bz2(&letters), times),
        ("xz", xz, times),
    ]
}

/// Bounds that only the ratio meets, so that the whole bomb would be unpacked.
fn ratio_of_100() -> Bounds {
    Bounds { max_ratio: 100, ..Bounds::default() }
}

#[test]
fn bombs_end_soon_and_say_so() {
    let told = "unpacks to more than 100 times its size (`--max-ratio` sets the bound)";
    for (what, piece, times) in bombs() {
        // A format that would read on: an endless line, between good ones.
        let bomb = piece.repeat(times);
        let (found, trouble) = read_with("a.jsonl", bomb.as_slice(), ratio_of_100());
        assert_eq!((found.len(), trouble.as_str()), (0, told), "{what}");
        // Inside others, which end with it.
        let nested = tar(&[("a.txt", FERRY), ("b.jsonl", &bomb), ("c.txt", FERRY)]);
        let (found, trouble) = read_with("a", gz(&nested).as_slice(), ratio_of_100());
        assert_eq!(found, ["a.txt: Ferry"], "{what}");
        assert_eq!(trouble, format!("`b.jsonl`: {told}"), "{what}");
    }
}

#[test]
fn sparse_files_are_bombs_too() {
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::GNUSparse);
    header.set_path("a.jsonl").unwrap();
    header.set_size(0);
    let gnu = header.as_gnu_mut().unwrap();
    gnu.sparse[0].offset.copy_from_slice(b"77777777777\0");
    gnu.sparse[0].numbytes.copy_from_slice(b"00000000000\0");
    gnu.realsize.copy_from_slice(b"77777777777\0");
    header.set_cksum();
    let mut bytes = header.as_bytes().to_vec();
    bytes.extend([0; 1024]);
    let (found, trouble) = read("a", &bytes);
    assert!(found.is_empty());
    assert!(!trouble.is_empty(), "{trouble}");
}

#[test]
fn a_name_without_end_is_refused() {
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::GNULongName);
    header.set_size(1 << 40);
    header.set_cksum();
    let endless = header.as_bytes().as_slice().chain(io::repeat(b'x').take(1 << 40));
    let (_, trouble) = read_with("a", endless.take(1 << 24), Bounds::default());
    assert_eq!(trouble, "broken tar data: headers of more than 1 MiB");
}

#[test]
fn archives_inside_each_other_end_at_the_bound() {
    let mut bytes = FERRY.to_vec();
    for _ in 0..Bounds::default().max_depth {
        bytes = gz(&bytes);
    }
    assert_eq!(read("a.txt", &bytes).0, [": Ferry"]);
    let told = "more than 6 archives inside each other (`--max-depth` sets the bound)";
    assert_eq!(read("a.txt", &gz(&bytes)).1, told);
    let mut zips = FERRY.to_vec();
    for _ in 0..100 {
        zips = zip(&[("in", &zips)]);
    }
    let told = format!("`in/in/in/in/in/in`: {told}");
    assert_eq!(read("a", &zips).1, told);
    // Whatever is asked for, the stack is not filled.
    let bounds = Bounds { max_depth: u32::MAX, ..Bounds::default() };
    assert!(read_with("a", zips.as_slice(), bounds).1.contains("more than 64 archives"));
}

#[test]
fn members_are_counted_through_all_archives() {
    let inner = tar(&[("a.txt", FERRY), ("b.txt", FERRY)]);
    let outer = zip(&[("1.tar", &inner), ("2.tar", &inner), ("c.txt", FERRY)]);
    let bounds = Bounds { max_members: 5, ..Bounds::default() };
    let (found, trouble) = read_with("a", outer.as_slice(), bounds);
    assert_eq!(found, ["1.tar/a.txt: Ferry", "1.tar/b.txt: Ferry", "2.tar/a.txt: Ferry"]);
    assert_eq!(trouble, "`2.tar`: more than 5 members (`--max-members` sets the bound)");
    let bounds = Bounds { max_members: 7, ..Bounds::default() };
    assert_eq!(read_with("a", outer.as_slice(), bounds).1, "");
}

#[test]
fn members_that_overlap_do_not_unpack_without_end() {
    // One member of 30 MB, which the directory lists 2,000 times.
    let big = [b"Big\n\n".as_slice(), &b"x".repeat(30 << 20)].concat();
    let bytes = zip(&[("big.txt", &big)]);
    let central = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
    let end = memchr::memmem::find(&bytes, b"PK\x05\x06").unwrap();
    let directory = bytes[central..end].repeat(2_000);
    let mut bomb = [&bytes[..central], &directory].concat();
    let size = (directory.len() as u32).to_le_bytes();
    bomb.extend(b"PK\x05\x06\0\0\0\0\xD0\x07\xD0\x07");
    bomb.extend(size);
    bomb.extend((central as u32).to_le_bytes());
    bomb.extend([0; 2]);
    let (found, trouble) = read_as_file(&bomb);
    assert!(found.len() < 20, "{}", found.len());
    assert!(trouble.contains("unpacks to more than 1000 times its size"), "{trouble}");
}

/// Good archives, to be spoiled.
fn good(kind: usize) -> Vec<u8> {
    let members: [(&str, &[u8]); 3] = [
        ("a.txt", FERRY),
        ("b/c.jsonl", b"{\"title\": \"a\"}\n{\"title\": \"b\"}\n"),
        ("d.gz", b""),
    ];
    match kind {
        0 => gz(FERRY),
        1 => zst(FERRY),
        2 => bz2(FERRY),
        3 => fs::read(fixture("pax.txz")).unwrap(),
        4 => tar(&members),
        5 => gz(&tar(&members)),
        6 => fs::read(fixture("info-zip.zip")).unwrap(),
        7 => fs::read(fixture("streamed.zip")).unwrap(),
        _ => zip(&members),
    }
}

/// The first bytes of each kind, and where they stand.
const MARKS: [(usize, &[u8]); 8] = [
    (0, b"\x1F\x8B\x08\0"),
    (0, b"\x28\xB5\x2F\xFD"),
    (0, b"\x50\x2A\x4D\x18"),
    (0, b"BZh91AY&SY"),
    (0, b"\xFD7zXZ\0"),
    (0, b"PK\x03\x04"),
    (0, b"PK\x05\x06"),
    (257, b"ustar\0"),
];

#[test]
fn a_text_with_the_mark_of_an_archive_is_a_text() {
    let start = "{\"title\": \"Storm\", \"text\": \"";
    let text = format!(
        "{start}{}ustar  \", \"tags\": []}}{}",
        "x".repeat(257 - start.len()),
        " ".repeat(300)
    );
    assert_eq!(text.find("ustar"), Some(257));
    let (found, trouble) = read("a.json", text.as_bytes());
    assert_eq!((found.len(), trouble.as_str()), (1, ""));
}

proptest! {
    #[test]
    fn any_bytes_behind_a_mark_end_soon(
        kind in 0..MARKS.len(),
        bytes in prop::collection::vec(any::<u8>(), 0..2000),
    ) {
        let (at, mark) = MARKS[kind];
        let mut bytes = bytes;
        bytes.resize(bytes.len().max(at + mark.len() + 600), 0);
        bytes[at..at + mark.len()].copy_from_slice(mark);
        read("a", &bytes);
        read_as_file(&bytes);
    }

    #[test]
    fn cut_and_changed_archives_end_soon(
        kind in 0_usize..9,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        length in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut bytes = good(kind);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if is_cut {
            bytes.truncate(length.index(bytes.len()));
        }
        let (found, _) = read("a", &bytes);
        let (found_in_file, _) = read_as_file(&bytes);
        for line in found.into_iter().chain(found_in_file) {
            prop_assert!(!line.contains(char::is_control), "{line:?}");
        }
    }
}
