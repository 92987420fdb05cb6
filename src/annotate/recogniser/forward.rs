//! The network of a model, from an article as seen to the scores of labels.
//!
//! Whole numbers all the way, so the result is the same on every machine and
//! with every width of its vector unit.

use rustc_hash::FxHashMap;

use super::decode::Scores;
use super::dims::{FIRST, Rows, VECTOR, WINDOW};
use super::first_layer::Product;
use super::model::Model;
use super::sight::{SeenWord, Sight};
use super::units::{
    Pair, PairLists, Part, Row, Sums, UNIT_BLOCKS, add_row, pairs, sums, units, units_of_rows,
};
use super::word::Letters;
use crate::annotate::TokenisedText;
use crate::text::Case;

/// Memory of a pass, kept from article to article.
#[derive(Clone, Debug, Default)]
pub(super) struct Pass {
    /// Which words are candidates, by number.
    pub(super) candidates: Vec<u32>,
    /// Scores of each candidate's labels.
    pub(super) scores: Vec<Scores>,
    seen: SeenProducts,
    lists: PairLists,
    /// For each word the list of its units in the first layer.
    first: Vec<u32>,
    groups: Vec<GroupUnits>,
    /// What the most of groups adds to the second layer, for each of its places.
    group_sums: Vec<[Sums<UNIT_BLOCKS>; 3]>,
}

/// What the first layer says of a word anywhere in the article.
#[derive(Clone, Copy, Debug)]
struct GroupUnits {
    /// How often it stands with a capital near names.
    count: u32,
    /// Its place among the sums of groups, once it is needed.
    sums: Option<usize>,
    /// The most that its units are.
    most: [i16; FIRST],
}

/// What the words of an article add to the first layer.
#[derive(Clone, Debug, Default)]
struct SeenProducts {
    /// For each word what stands around it, by its place in `contexts`.
    context_of: Vec<u32>,
    /// For each group where the product of the word is.
    words: Vec<WordProduct>,
    /// Products of words that are not among the kept ones.
    rare: Vec<Product>,
    /// Products of shape, gap and standing together, with their places; kept
    /// from article to article.
    contexts: Vec<Product>,
    places: FxHashMap<[u32; 3], u32>,
}

/// Where the product of a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WordProduct {
    /// It was not needed yet.
    None,
    /// With the model, under this row.
    Kept(u32),
    /// Among the rare ones of the article.
    Rare(u32),
}

/// The list of nothing, for words that are not near names and those beyond the
/// text.
const NOTHING: u32 = 0;

/// Contexts that are kept from article to article, 640 bytes each: nearly all
/// words of news stand in fewer.
const KEPT_CONTEXTS: usize = 1024;

impl SeenProducts {
    /// Finds the products of the words near names and in the windows of those.
    fn find(&mut self, model: &Model, sight: &Sight, texts: &[TokenisedText<'_>]) {
        let words = &sight.words;
        if self.contexts.len() > KEPT_CONTEXTS {
            self.contexts.clear();
            self.places.clear();
        }
        self.rare.clear();
        self.words.clear();
        self.words.resize(sight.groups.len(), WordProduct::None);
        self.context_of.clear();
        self.context_of.resize(words.len(), 0);
        let mut done = 0;
        for at in (0..words.len()).filter(|at| words[*at].is_near) {
            let past = (at + WINDOW + 1).min(words.len());
            let first = done.max(at.saturating_sub(WINDOW)).min(past);
            for (seen, word) in words.iter().enumerate().take(past).skip(first) {
                self.context_of[seen] = self.context(model, sight, word);
                if self.words[word.group as usize] == WordProduct::None {
                    let letters = word.span.of(texts[usize::from(word.text)].text);
                    self.words[word.group as usize] = self.word(model, word.hash, letters);
                }
            }
            done = past;
        }
    }

    fn context(&mut self, model: &Model, sight: &Sight, word: &SeenWord) -> u32 {
        let rows = model.rows;
        let facts = [
            rows.shape(word.shape),
            rows.gap(word.gap.number()),
            rows.standing(sight.standing(word)),
        ];
        *self.places.entry(facts.map(|row| row as u32)).or_insert_with(|| {
            let [shape, gap, standing] = facts.map(|row| model.first.of_fact(model, row));
            let mut sum = *shape;
            for fact in [gap, standing] {
                sum.iter_mut().zip(fact).for_each(|(sum, row)| add_row(sum, row));
            }
            self.contexts.push(sum);
            self.contexts.len() as u32 - 1
        })
    }

    fn word(&mut self, model: &Model, hash: u64, letters: &str) -> WordProduct {
        let row = model.row(hash);
        if let Some(row) = row
            && model.first.of_word(model, row).is_some()
        {
            return WordProduct::Kept(row as u32);
        }
        let mut vector = [0; VECTOR];
        model.add_vector(row.unwrap_or(Rows::UNKNOWN), &mut vector);
        if row.is_none() {
            for affix in Letters::of(letters).affixes() {
                model.add_vector(model.rows.affix(affix), &mut vector);
            }
        }
        self.rare.push(model.first.product(&vector));
        WordProduct::Rare(self.rare.len() as u32 - 1)
    }

    /// What the word `at` adds to the first layer of the one at whose window's
    /// `place` it stands: by itself, and by its context.
    fn at<'a>(
        &'a self,
        model: &'a Model,
        sight: &Sight,
        at: usize,
        place: usize,
    ) -> Option<[&'a Row; 2]> {
        let word = match self.words[sight.words[at].group as usize] {
            WordProduct::None => return None,
            WordProduct::Kept(row) => model.first.of_word(model, row as usize)?,
            WordProduct::Rare(number) => &self.rare[number as usize],
        };
        Some([&word[place], &self.contexts[self.context_of[at] as usize][place]])
    }
}

impl Pass {
    /// Scores the candidates of an article.
    pub(super) fn run(&mut self, model: &Model, sight: &Sight, texts: &[TokenisedText<'_>]) {
        self.seen.find(model, sight, texts);
        self.first_layer(model, sight);
        self.second_layer(model, sight);
    }

    fn first_layer(&mut self, model: &Model, sight: &Sight) {
        self.lists.clear();
        self.first.clear();
        self.first.resize(sight.words.len(), NOTHING);
        self.groups.clear();
        self.groups
            .resize(sight.groups.len(), GroupUnits { count: 0, sums: None, most: [0; FIRST] });
        for (at, word) in sight.words.iter().enumerate().filter(|(_, word)| word.is_near) {
            let mut seen = [&model.first.biases; 1 + 2 * (2 * WINDOW + 1)];
            let mut count = 1;
            for place in 0..=2 * WINDOW {
                let Some(neighbour) = (at + place).checked_sub(WINDOW) else { continue };
                if neighbour < sight.words.len()
                    && let Some(two) = self.seen.at(model, sight, neighbour, place)
                {
                    seen[count..count + 2].copy_from_slice(&two);
                    count += 2;
                }
            }
            let units = units_of_rows(&seen[..count]);
            if word.case != Case::Lower {
                let group = &mut self.groups[word.group as usize];
                group.count += 1;
                for (most, unit) in group.most.iter_mut().zip(&units) {
                    *most = (*most).max(*unit);
                }
            }
            self.first[at] = self.lists.add(&units);
        }
    }

    fn second_layer(&mut self, model: &Model, sight: &Sight) {
        let words = &sight.words;
        self.candidates.clear();
        self.scores.clear();
        self.group_sums.clear();
        for at in (0..words.len()).filter(|at| words[*at].is_candidate) {
            let neighbours: [Option<usize>; 3] = std::array::from_fn(|place| {
                (at + place).checked_sub(1).filter(|near| *near < words.len())
            });
            // What is known of each neighbour anywhere; what stands once is the
            // same here and anywhere.
            let anywhere =
                neighbours.map(|near| near.and_then(|near| self.anywhere(model, &words[near])));
            let mut known = [&ZERO; 3];
            let mut count = 0;
            let mut parts = [Part::default(); 3];
            for (place, near) in neighbours.into_iter().enumerate() {
                let Some(near) = near else { continue };
                let weights = match anywhere[place] {
                    Some(Anywhere::Once) => model.second.once(place),
                    Some(Anywhere::Sums(_)) | None => model.second.near(place),
                };
                parts[place] = Part { weights, pairs: self.lists.list(self.first[near]) };
                if let Some(Anywhere::Sums(number)) = anywhere[place] {
                    known[count] = &self.group_sums[number][place];
                    count += 1;
                }
            }
            let units = units(&model.second.all, &known[..count], &parts);
            self.candidates.push(at as u32);
            self.scores.push(model.output.scores(&units));
        }
    }

    /// What the first layer says of a word anywhere in the article.
    fn anywhere(&mut self, model: &Model, word: &SeenWord) -> Option<Anywhere> {
        if !word.is_near || word.case == Case::Lower {
            return None;
        }
        let group = &mut self.groups[word.group as usize];
        if group.count == 1 {
            return Some(Anywhere::Once);
        }
        let number = *group.sums.get_or_insert_with(|| {
            let mut list = [Pair::default(); FIRST];
            let pairs = pairs(&group.most, &mut list);
            self.group_sums.push(std::array::from_fn(|place| {
                sums(&[Part { weights: model.second.anywhere(place), pairs }])
            }));
            self.group_sums.len() - 1
        });
        Some(Anywhere::Sums(number))
    }
}

/// What is known of a word anywhere in the article.
#[derive(Clone, Copy, Debug)]
enum Anywhere {
    /// It stands once: what is known of it here.
    Once,
    /// The number of its sums.
    Sums(usize),
}

/// No sums.
const ZERO: Sums<UNIT_BLOCKS> = [[0; 8]; UNIT_BLOCKS];

#[cfg(test)]
mod tests {
    use super::super::decode::Scores;
    use super::super::dims::{FIRST, Rows, SECOND, VECTOR, WINDOW};
    use super::super::model::{MOST_UNIT, Model, UNIT_SCALE};
    use super::super::sight::Sight;
    use super::super::units::ROW_SCALE;
    use super::super::word::Letters;
    use super::Pass;
    use crate::annotate::{TextPart, TokenisedText};
    use crate::text::Case;

    /// The scores by the definition of the network, nothing kept or shared.
    fn plain(model: &Model, sight: &Sight, texts: &[TokenisedText<'_>]) -> Vec<Scores> {
        let first: Vec<[i16; FIRST]> =
            (0..sight.words.len()).map(|at| plain_first(model, sight, texts, at)).collect();
        let counts = |at: usize| sight.words[at].is_near && sight.words[at].case != Case::Lower;
        let most = |at: usize| -> [i16; FIRST] {
            let alike = |other: &usize| sight.words[*other].group == sight.words[at].group;
            std::array::from_fn(|unit| {
                let all = (0..first.len()).filter(alike).filter(|other| counts(*other));
                all.map(|other| first[other][unit]).max().unwrap_or(0)
            })
        };
        let near =
            |at: usize, place: usize| (at + place).checked_sub(1).filter(|at| *at < first.len());
        let candidates = (0..first.len()).filter(|at| sight.words[*at].is_candidate);
        let scores = candidates.map(|at| {
            let here = (0..3).map(|place| near(at, place).map_or([0; FIRST], |at| first[at]));
            let anywhere = (0..3)
                .map(|place| near(at, place).filter(|at| counts(*at)).map_or([0; FIRST], most));
            let gathered: Vec<i16> = here.chain(anywhere).flatten().collect();
            model.output.scores(&plain_second(model, &gathered))
        });
        scores.collect()
    }

    /// What the first layer says of a word.
    fn plain_first(
        model: &Model,
        sight: &Sight,
        texts: &[TokenisedText<'_>],
        at: usize,
    ) -> [i16; FIRST] {
        let mut sums = model.first.biases.map(i32::from);
        for place in 0..=2 * WINDOW {
            let Some(near) = (at + place).checked_sub(WINDOW) else { continue };
            let Some(word) = sight.words.get(near) else { continue };
            let rows = model.rows;
            let mut used = vec![model.row(word.hash).unwrap_or(Rows::UNKNOWN)];
            if used == [Rows::UNKNOWN] {
                let letters = Letters::of(word.span.of(texts[usize::from(word.text)].text));
                used.extend(letters.affixes().map(|affix| rows.affix(affix)));
            }
            let facts = [
                rows.shape(word.shape),
                rows.gap(word.gap.number()),
                rows.standing(sight.standing(word)),
            ];
            for rows in [used, vec![facts[0]], vec![facts[1]], vec![facts[2]]] {
                let mut vector = [0; VECTOR];
                rows.iter().for_each(|row| model.add_vector(*row, &mut vector));
                let product = model.first.product(&vector);
                sums.iter_mut().zip(product[place]).for_each(|(sum, row)| *sum += i32::from(row));
            }
        }
        let scale = (ROW_SCALE / UNIT_SCALE) as i32;
        let unit = |sum: i32| sum.max(0).div_euclid(scale).min(i32::from(MOST_UNIT)) as i16;
        if sight.words[at].is_near { sums.map(unit) } else { [0; FIRST] }
    }

    /// The second layer: every input times every weight.
    fn plain_second(model: &Model, inputs: &[i16]) -> [i16; SECOND] {
        let layer = &model.second.all;
        std::array::from_fn(|unit| {
            let weight =
                |at: usize| i32::from(layer.weights[at / 2][unit / 8][unit % 8 * 2 + at % 2]);
            let sum: i32 =
                inputs.iter().enumerate().map(|(at, input)| i32::from(*input) * weight(at)).sum();
            let value = sum as f32 * layer.scales[unit] + layer.biases[unit];
            (value * UNIT_SCALE as f32 + 0.5).clamp(0.0, f32::from(MOST_UNIT)) as i16
        })
    }

    /// Two articles, one after the other with the same memory: names that stand
    /// once and often, words that no model knows, headlines in both settings.
    #[test]
    fn what_is_kept_and_shared_changes_nothing() {
        let model = Model::embedded();
        let (mut sight, mut pass) = (Sight::default(), Pass::default());
        for (title, body) in [
            (
                "Okafor Says Harbour Strike Will Go On",
                "KESTREL BAY (Northern Wire) — Ann Okafor of the Harbour Workers' Federation met \
                 Mr. Okafor-Lindqvist in Oslo, Norway, on Monday. \"Okafor is right,\" said Zqwyx \
                 Brandt of the U.S.-led group; Okafor and the al-Qaeda men left Oslo.\n\nAnn left.",
            ),
            ("TALKS GO ON IN OSLO", "Brandt, 47, and Zqwyx Brandt saw Paris. I did not."),
        ] {
            let texts = [
                TokenisedText::new(TextPart::Title, title),
                TokenisedText::new(TextPart::Body, body),
            ];
            sight.look(&texts);
            pass.run(model, &sight, &texts);
            assert!(pass.candidates.len() > 10);
            assert_eq!(pass.scores, plain(model, &sight, &texts));
        }
    }
}
