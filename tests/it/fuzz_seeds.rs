//! What the fuzz targets check holds of every seed; each target has seeds, and each folder
//! of seeds a target.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use crate::fuzz::TARGETS;

/// Bytes of a seed, and of all of them, at most: seeds show what kinds of inputs there are,
/// libFuzzer makes the rest.
const MOST_SEED_BYTES: usize = 4096;
const MOST_BYTES: usize = 500_000;

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

fn names_in(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn every_seed_holds() {
    let mut broken = Vec::new();
    for (name, check) in TARGETS {
        let folder = fuzz().join("seeds").join(name);
        for seed in names_in(&folder) {
            let bytes = fs::read(folder.join(&seed)).unwrap();
            if catch_unwind(AssertUnwindSafe(|| check(&bytes))).is_err() {
                broken.push(format!("{name}/{seed}"));
            }
        }
    }
    assert!(broken.is_empty(), "seeds that do not hold: {broken:?}");
}

#[test]
fn every_target_is_built_and_has_seeds() {
    let names: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
    assert!(names.is_sorted(), "{names:?}");
    let seeds: Vec<String> = names_in(&fuzz().join("seeds")).into_iter().collect();
    assert_eq!(seeds, names, "folders of seeds");
    let programs: Vec<String> = names_in(&fuzz().join("fuzz_targets")).into_iter().collect();
    assert_eq!(programs, names.iter().map(|name| format!("{name}.rs")).collect::<Vec<_>>());
    let manifest = fs::read_to_string(fuzz().join("Cargo.toml")).unwrap();
    let built = manifest.lines().filter_map(|line| line.strip_prefix("name = \""));
    let built: Vec<&str> = built.map(|name| name.trim_end_matches('"')).skip(1).collect();
    assert_eq!(built, names, "in Cargo.toml");
    for name in names {
        let count = names_in(&fuzz().join("seeds").join(name)).len();
        assert!(count >= 3, "{name} has {count} seeds");
    }
}

#[test]
fn seeds_are_small() {
    let mut total = 0;
    for (name, _) in TARGETS {
        let folder = fuzz().join("seeds").join(name);
        for seed in names_in(&folder) {
            let bytes = fs::read(folder.join(&seed)).unwrap().len();
            assert!(bytes <= MOST_SEED_BYTES, "{name}/{seed} has {bytes} bytes");
            total += bytes;
        }
    }
    assert!(total <= MOST_BYTES, "{total} bytes");
}
