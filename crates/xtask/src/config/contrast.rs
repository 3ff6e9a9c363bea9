//! Which colours of the design stand upon which, and whether they can be told apart (WCAG 2.2 AA).

use super::place::Spot;
use super::theme::{Declaration, Sheet, pairs};
use super::tokens::{Colour, Scheme, Tokens};

/// Colours that stand on others, and how far apart they have to be.
struct Pairs {
    /// What is read or seen.
    above: &'static [&'static str],
    /// What it stands on.
    ground: &'static [&'static str],
    /// The contrast ratio that it needs.
    least: f64,
    /// Which rule says so.
    rule: &'static str,
}

const PAPERS: &[&str] = &["--paper", "--paper-raised", "--paper-sunken"];
const TEXT: (f64, &str) = (4.5, "WCAG 1.4.3");
const SHAPE: (f64, &str) = (3.0, "WCAG 1.4.11");

const fn pair(
    above: &'static [&'static str],
    ground: &'static [&'static str],
    (least, rule): (f64, &'static str),
) -> Pairs {
    Pairs {
        above,
        ground,
        least,
        rule,
    }
}

/// Every pair that the design uses. A colour that is put upon another one belongs here first.
const PAIRS: &[Pairs] = &[
    pair(
        &[
            "--ink",
            "--ink-soft",
            "--ink-faint",
            "--brand",
            "--brand-strong",
            "--danger",
        ],
        PAPERS,
        TEXT,
    ),
    pair(
        &["--good", "--warn", "--info"],
        &["--paper", "--paper-raised"],
        TEXT,
    ),
    pair(
        &["--ink", "--ink-soft"],
        &[
            "--brand-soft",
            "--good-soft",
            "--warn-soft",
            "--danger-soft",
            "--info-soft",
        ],
        TEXT,
    ),
    pair(&["--brand", "--brand-strong"], &["--brand-soft"], TEXT),
    pair(&["--good"], &["--good-soft"], TEXT),
    pair(&["--warn"], &["--warn-soft"], TEXT),
    pair(&["--danger"], &["--danger-soft"], TEXT),
    pair(&["--info"], &["--info-soft"], TEXT),
    pair(&["--brand-ink"], &["--brand", "--brand-strong"], TEXT),
    pair(&["--danger-ink"], &["--danger", "--danger-strong"], TEXT),
    pair(&["--line", "--focus"], PAPERS, SHAPE),
];

/// Two colours of the design.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    above: &'static str,
    ground: &'static str,
    least: f64,
    rule: &'static str,
}

/// Every pair, one by one.
fn all() -> impl Iterator<Item = Pair> {
    PAIRS.iter().flat_map(|pairs| {
        let each = move |(above, ground): (&'static str, &'static str)| Pair {
            above,
            ground,
            least: pairs.least,
            rule: pairs.rule,
        };
        let grounds = |above: &&'static str| {
            let above = *above;
            pairs.ground.iter().map(move |ground| (above, *ground))
        };
        pairs.above.iter().flat_map(grounds).map(each)
    })
}

impl Pair {
    fn colours(self, tokens: &Tokens, scheme: Scheme) -> Option<(Colour, Colour)> {
        let above = tokens.colour(self.above, scheme).ok()?;
        Some((above, tokens.colour(self.ground, scheme).ok()?))
    }

    fn measured(self, tokens: &Tokens, scheme: Scheme) -> f64 {
        self.colours(tokens, scheme)
            .map_or(0.0, |(above, ground)| above.contrast(ground))
    }

    fn passes(self, tokens: &Tokens, scheme: Scheme) -> bool {
        self.measured(tokens, scheme) >= self.least
    }
}

/// Every pair that a theme makes too alike: both figures, and what would do. It is said where the theme sets the colour.
pub fn check(delivered: &Tokens, theme: &[Declaration]) -> Vec<(Spot, String)> {
    let tokens = delivered.clone().with(pairs(theme));
    let mut faults = Vec::new();
    for pair in all() {
        let Some(set) = responsible(&tokens, theme, pair) else {
            continue;
        };
        let failing: Vec<Scheme> = Scheme::ALL
            .into_iter()
            .filter(|scheme| !pair.passes(&tokens, *scheme))
            .collect();
        if failing.is_empty() {
            continue;
        }
        let [light, dark] = Scheme::ALL.map(|scheme| pair.measured(&tokens, scheme));
        let advice: Vec<String> = failing
            .iter()
            .map(|scheme| advice(&tokens, set, *scheme))
            .collect();
        let Pair {
            above,
            ground,
            least,
            rule,
        } = pair;
        faults.push((
            set.spot,
            format!("{above} on {ground}: {light:.2} to 1 in light, {dark:.2} to 1 in dark; at least {least} to 1 is needed ({rule}). {}", advice.join(" ")),
        ));
    }
    faults.extend(theme.iter().filter_map(|one| see_through(&tokens, one)));
    faults
}

/// What shines through is as readable as what happens to lie below.
fn see_through(tokens: &Tokens, one: &Declaration) -> Option<(Spot, String)> {
    let is_measured = all().any(|pair| pair.above == one.name || pair.ground == one.name);
    let shines = |scheme| {
        tokens
            .colour(&one.name, scheme)
            .is_ok_and(|colour| !colour.is_opaque())
    };
    let what = format!(
        "{} is partly transparent, so nobody can say how readable it is: give an opaque colour",
        one.name
    );
    (is_measured && Scheme::ALL.into_iter().any(shines)).then_some((one.spot, what))
}

/// The last declaration of the theme that one of the two colours comes from; none where both are as delivered.
fn responsible<'a>(
    tokens: &Tokens,
    theme: &'a [Declaration],
    pair: Pair,
) -> Option<&'a Declaration> {
    let made_of = |token: &str| {
        let parts = tokens.made_of(token);
        theme
            .iter()
            .rev()
            .find(move |one| parts.contains(&one.name))
    };
    made_of(pair.above).or_else(|| made_of(pair.ground))
}

/// The nearest lightness of what the theme sets at which every pair that it is part of can be read.
fn advice(tokens: &Tokens, set: &Declaration, scheme: Scheme) -> String {
    let (name, mode) = (&*set.name, scheme.name());
    let concerned: Vec<Pair> = all()
        .filter(|pair| {
            tokens.made_of(pair.above).contains(name) || tokens.made_of(pair.ground).contains(name)
        })
        .collect();
    let Ok(now) = tokens.colour(name, scheme) else {
        return format!("Give another {name} in {mode}.");
    };
    let steps = (1..200_u8)
        .flat_map(|step| [-1.0, 1.0].map(|sign| now.lightness() + sign * f32::from(step) * 0.005));
    let would_do = steps
        .filter(|lightness| (0.0..=1.0).contains(lightness))
        .map(|lightness| now.at_lightness(lightness))
        .find(|value| {
            let tried = tokens.clone().with([(name, &**value)]);
            concerned.iter().all(|pair| pair.passes(&tried, scheme))
        });
    match would_do {
        Some(value) => format!("In {mode}, {name}: {value} would do."),
        None => format!(
            "In {mode}, no lightness of {name} alone mends that: change the other colour too."
        ),
    }
}

/// The contrast of every pair under a theme, as a table.
pub fn table(css: &str) -> String {
    let sheet = Sheet::read(css);
    let tokens = Tokens::delivered().with(pairs(&sheet.declarations));
    let mut lines = vec![format!(
        "{:<16} {:<16} {:>6} {:>6} {:>6}",
        "colour", "on", "light", "dark", "needed"
    )];
    for pair in all() {
        let [light, dark] = Scheme::ALL.map(|scheme| pair.measured(&tokens, scheme));
        lines.push(format!(
            "{:<16} {:<16} {light:>6.2} {dark:>6.2} {:>6.1}",
            pair.above, pair.ground, pair.least
        ));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::super::tokens::Kind;
    use super::*;

    /// Colours on which nothing stands, or which only separate what space separates already.
    const BARE: [&str; 4] = ["--brand-source", "--paper-mail", "--line-soft", "--shade"];

    #[test]
    fn every_colour_of_the_design_stands_in_a_pair() {
        let tokens = Tokens::delivered();
        let colours = tokens
            .names()
            .into_iter()
            .filter(|name| tokens.kind(name) == Some(Kind::Colour));
        for name in colours.filter(|name| !BARE.contains(name) && *name != "--outline") {
            let stands = all().any(|pair| pair.above == name || pair.ground == name);
            assert!(
                stands,
                "{name} is measured nowhere: say in PAIRS what it stands on"
            );
        }
    }

    #[test]
    fn the_design_as_delivered_can_be_read() {
        let tokens = Tokens::delivered();
        for pair in all() {
            for scheme in Scheme::ALL {
                let measured = pair.measured(&tokens, scheme);
                assert!(measured >= pair.least, "{pair:?} {scheme:?}: {measured:.2}");
            }
        }
    }

    #[test]
    fn black_on_white_is_twenty_one_to_one() {
        let tokens = Tokens::delivered();
        let colour = |value| tokens.colour_of(value, Scheme::Light).unwrap();
        let contrast = colour("black").contrast(colour("white"));
        assert!((contrast - 21.0).abs() < 0.001);
        // As any other tool says of these two.
        assert!((colour("#767676").contrast(colour("#fff")) - 4.54).abs() < 0.01);
    }
}
