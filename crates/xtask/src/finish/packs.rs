//! Which modules become one file: as few files as possible, with as little in them as possible that a screen loads in vain.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};

/// The screens by which a visit begins, as a rule: those of the front door, and the one that every mail's last line links to.
pub const FRONT_SCREENS: [&str; 3] = ["footer_link", "overview", "sign_in"];
/// What a screen has to load for one more file, in bytes of code: its head, its request, and what it compresses worse for standing
/// alone.
const FILE: i64 = 1_000;
/// What one more file costs everybody, in bytes of code: its digest stands in the table of all files, and what is parted more finely compresses
/// worse.
const PLACE: i64 = 2_500;

/// Modules that travel together, and the screens that load them.
#[derive(Debug, PartialEq, Eq)]
pub struct Pack {
    /// The screens that need any of them.
    pub screens: BTreeSet<String>,
    /// The modules.
    pub modules: Vec<String>,
}

/// Puts modules together, those first that gain most by it. What a front screen needs stays apart from everything else: whoever
/// begins there gets it as one file, and has then had the whole of each pack that counts for the screen, so that nothing is loaded twice.
///
/// `needs` has the modules of each screen, `weights` the bytes of each module.
///
/// # Errors
/// When there are more screens than bits.
pub fn packs(
    needs: &BTreeMap<String, Vec<String>>,
    weights: &BTreeMap<String, usize>,
) -> Result<Vec<Pack>> {
    let screens: Vec<&String> = needs.keys().collect();
    ensure!(screens.len() <= 128, "there are more than 128 screens");
    let first = bits(&screens, |screen| FRONT_SCREENS.contains(&screen.as_str()));
    let mut heaps = heaps(&screens, needs, weights);
    while let Some((into, other)) = best(&heaps, first) {
        let other = heaps.remove(other);
        heaps[into].join(other);
    }
    let packs = heaps.into_iter().map(|heap| Pack {
        screens: screens
            .iter()
            .enumerate()
            .filter(|(at, _)| heap.screens & 1 << at != 0)
            .map(|(_, screen)| (*screen).clone())
            .collect(),
        modules: heap.modules,
    });
    Ok(packs.collect())
}

fn bits(screens: &[&String], is_in: impl Fn(&String) -> bool) -> u128 {
    let set = screens.iter().enumerate();
    let set = set.filter(|(_, screen)| is_in(screen));
    set.fold(0, |bits, (at, _)| bits | 1 << at)
}

/// A pack on its way, with a bit for each screen: some ten million pairs are looked at.
struct Heap {
    screens: u128,
    weight: i64,
    modules: Vec<String>,
}

impl Heap {
    /// What is gained when the two are one, in bytes of code.
    fn gain(&self, other: &Self) -> i64 {
        let only =
            |one: &Self, other: &Self| i64::from((one.screens & !other.screens).count_ones());
        let in_vain = only(self, other) * other.weight + only(other, self) * self.weight;
        PLACE + FILE * i64::from((self.screens & other.screens).count_ones()) - in_vain
    }

    fn join(&mut self, other: Self) {
        self.screens |= other.screens;
        self.weight += other.weight;
        self.modules.extend(other.modules);
    }
}

fn heaps(
    screens: &[&String],
    needs: &BTreeMap<String, Vec<String>>,
    weights: &BTreeMap<String, usize>,
) -> Vec<Heap> {
    let heap = |(module, weight): (&String, &usize)| Heap {
        screens: bits(screens, |screen| needs[screen].contains(module)),
        weight: i64::try_from(*weight).unwrap_or(i64::MAX),
        modules: vec![module.clone()],
    };
    weights.iter().map(heap).collect()
}

/// The two that gain most, the earlier one first.
fn best(heaps: &[Heap], first: u128) -> Option<(usize, usize)> {
    let mut best = (0, None);
    for (at, heap) in heaps.iter().enumerate() {
        for (other_at, other) in heaps.iter().enumerate().skip(at + 1) {
            if heap.screens & first != other.screens & first {
                continue;
            }
            let gain = heap.gain(other);
            if gain > best.0 {
                best = (gain, Some((at, other_at)));
            }
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(needs: &[(&str, &[&str])], weights: &[(&str, usize)]) -> Vec<Vec<String>> {
        let text = |text: &&str| (*text).to_owned();
        let needs = needs.iter();
        let needs = needs.map(|(screen, parts)| (text(screen), parts.iter().map(text).collect()));
        let weights = weights.iter().map(|(module, bytes)| (text(module), *bytes));
        let packs = packs(&needs.collect(), &weights.collect()).expect("there are few screens");
        let mut modules: Vec<_> = packs.into_iter().map(|pack| pack.modules).collect();
        modules.sort();
        modules
    }

    #[test]
    fn what_the_same_screens_need_travels_together() {
        let packs = packed(
            &[("guide", &["a", "b", "c"]), ("help", &["a", "b"])],
            &[("a", 90_000), ("b", 80_000), ("c", 70_000)],
        );
        assert_eq!(packs, [vec!["a", "b"], vec!["c"]]);
    }

    #[test]
    fn what_is_too_small_for_a_file_travels_with_what_is_alike() {
        let packs = packed(
            &[("guide", &["a", "b"]), ("help", &["a"])],
            &[("a", 90_000), ("b", 200)],
        );
        assert_eq!(packs, [["a", "b"]]);
    }

    #[test]
    fn what_a_front_screen_needs_stays_apart() {
        let packs = packed(
            &[("overview", &["a"]), ("help", &["a", "b"])],
            &[("a", 10), ("b", 10)],
        );
        assert_eq!(packs, [["a"], ["b"]]);
    }
}
