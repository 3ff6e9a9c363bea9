//! The tokens of the design: their names and values as delivered, what a theme makes of them, and what colour that is.

use std::collections::HashSet;

use cssparser::{Delimiter, ParseError, Parser, ParserInput, Token};
use lightningcss::properties::font::FontFamily;
use lightningcss::traits::Parse;
use lightningcss::values::color::{CssColor, OKLCH, RGBA};
use lightningcss::values::length::LengthPercentage;

use super::theme::{Declaration, Sheet};

const DELIVERED: &str = include_str!("../../../../style/tokens.css");

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

impl Scheme {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// As people say it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// What a token takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any CSS colour.
    Colour,
    /// A length.
    Length,
    /// A list of font families.
    Fonts,
    /// A number.
    Number,
    /// What the portal uses for itself alone.
    Own,
}

/// All tokens with the values that hold.
#[derive(Clone)]
pub struct Tokens(Vec<(String, String)>);

impl Tokens {
    /// As delivered.
    pub fn delivered() -> Self {
        let sheet = Sheet::read(DELIVERED);
        let named = |one: Declaration| (one.name, one.value);
        Self(sheet.declarations.into_iter().map(named).collect())
    }

    /// With the tokens that a theme reassigns.
    pub fn with<'a>(mut self, theme: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        for (name, value) in theme {
            if let Some((_, held)) = self.0.iter_mut().find(|(known, _)| known == name) {
                value.clone_into(held);
            }
        }
        self
    }

    /// The names.
    pub fn names(&self) -> Vec<&str> {
        self.0.iter().map(|(name, _)| &**name).collect()
    }

    /// What a token takes; `None` where there is no such token.
    pub fn kind(&self, name: &str) -> Option<Kind> {
        self.value(name)?;
        let begins = |with: &[&str]| with.iter().any(|with| name.starts_with(with));
        Some(if begins(&["--font-"]) {
            Kind::Fonts
        } else if begins(&["--weight-", "--leading"]) {
            Kind::Number
        } else if begins(&["--layer-", "--in", "--out", "--hairline", "--shadow"])
            && !begins(&["--ink", "--info"])
        {
            Kind::Own
        } else if begins(&[
            "--radius",
            "--space-",
            "--step-",
            "--content",
            "--reading",
            "--target",
            "--bar-",
            "--places-",
            "--gutter",
            "--measure",
        ]) {
            Kind::Length
        } else {
            Kind::Colour
        })
    }

    fn value(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| &**value)
    }

    /// The colour of a token in a scheme.
    ///
    /// # Errors
    /// Why it is none.
    pub fn colour(&self, name: &str, scheme: Scheme) -> Result<Colour, String> {
        let value = self
            .value(name)
            .ok_or_else(|| format!("there is no token {name}"))?;
        self.colour_of(value, scheme)
    }

    /// The colour that a value is.
    ///
    /// # Errors
    /// Why it is none.
    pub fn colour_of(&self, value: &str, scheme: Scheme) -> Result<Colour, String> {
        let plain = self.plain(value, scheme)?;
        let none = || format!("\"{plain}\" is no colour that can be worked out beforehand");
        let parsed = CssColor::parse_string(&plain).map_err(|_| none())?;
        let rgb = RGBA::try_from(&parsed).map_err(|()| none())?;
        let oklch = OKLCH::try_from(&parsed).map_err(|()| none())?;
        Ok(Colour { rgb, oklch })
    }

    /// Whether a value is what a token of this kind takes.
    pub fn takes(&self, kind: Kind, value: &str) -> Result<(), String> {
        if kind == Kind::Colour {
            return Scheme::ALL
                .into_iter()
                .try_for_each(|scheme| self.colour_of(value, scheme).map(|_| ()));
        }
        let plain = self.plain(value, Scheme::Light)?;
        let (is_good, wanted) = match kind {
            Kind::Length => (
                LengthPercentage::parse_string(&plain).is_ok(),
                "a length, such as 0.5rem",
            ),
            Kind::Fonts => (is_fonts(&plain), "font families with commas between"),
            Kind::Number => (
                plain.parse::<f32>().is_ok_and(|number| number > 0.0),
                "a number",
            ),
            Kind::Colour | Kind::Own => (true, ""),
        };
        if is_good {
            Ok(())
        } else {
            Err(format!("\"{plain}\" is not {wanted}"))
        }
    }

    /// Every token that a value is made of, itself and those below.
    pub fn made_of(&self, name: &str) -> HashSet<String> {
        let mut all = HashSet::from([name.to_owned()]);
        let mut open = vec![name.to_owned()];
        while let Some(name) = open.pop() {
            for used in used(self.value(&name).unwrap_or_default()) {
                if all.insert(used.clone()) {
                    open.push(used);
                }
            }
        }
        all
    }

    /// A value without `var()` and `light-dark()`: what they stand for in this scheme.
    fn plain(&self, value: &str, scheme: Scheme) -> Result<String, String> {
        self.put(value, scheme, 0)
    }

    fn put(&self, value: &str, scheme: Scheme, depth: usize) -> Result<String, String> {
        // A token that is made of itself holds nothing (CSS Custom Properties, cycles).
        if depth > 20 {
            return Err("a token is made of itself".into());
        }
        let mut input = ParserInput::new(value);
        let mut parser = Parser::new(&mut input);
        let filling = Filling {
            tokens: self,
            scheme,
            depth,
            origin: None,
        };
        filling.rest(&mut parser).map(|text| text.trim().to_owned())
    }
}

/// The names in `var()`.
fn used(value: &str) -> Vec<String> {
    let mut names = Vec::new();
    for after in value.split("var(").skip(1) {
        let name: String = after
            .trim_start()
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect();
        names.push(name);
    }
    names
}

fn is_fonts(value: &str) -> bool {
    let mut input = ParserInput::new(value);
    let mut parser = Parser::new(&mut input);
    let list = parser.parse_comma_separated(FontFamily::parse);
    list.is_ok() && parser.is_exhausted()
}

/// Putting values in the place of functions.
#[derive(Clone, Copy)]
struct Filling<'a> {
    tokens: &'a Tokens,
    scheme: Scheme,
    depth: usize,
    /// Inside `oklch(from …)`: what `l`, `c` and `h` stand for.
    origin: Option<OKLCH>,
}

/// What is not written as it stands.
enum Filled {
    Function(String),
    Channel(f32),
    AsItStands,
}

impl Filling<'_> {
    fn rest(self, parser: &mut Parser) -> Result<String, String> {
        let mut text = String::new();
        while let Some(piece) = self.piece(parser)? {
            text.push_str(&piece);
        }
        Ok(text)
    }

    /// The next token, or the whole of a function; `None` at the end.
    fn piece(self, parser: &mut Parser) -> Result<Option<String>, String> {
        let start = parser.position();
        let filled = match parser.next_including_whitespace_and_comments() {
            Err(_) => return Ok(None),
            Ok(Token::Function(name)) => Filled::Function(name.to_string()),
            Ok(Token::ParenthesisBlock) => Filled::Function(String::new()),
            Ok(Token::Ident(name)) => self
                .channel(name)
                .map_or(Filled::AsItStands, Filled::Channel),
            Ok(_) => Filled::AsItStands,
        };
        Ok(Some(match filled {
            Filled::Function(name) => self.function(&name, parser)?,
            Filled::Channel(value) => value.to_string(),
            Filled::AsItStands => parser.slice_from(start).to_owned(),
        }))
    }

    fn channel(self, name: &str) -> Option<f32> {
        let OKLCH { l, c, h, .. } = self.origin?;
        match name {
            "l" => Some(l),
            "c" => Some(c),
            "h" => Some(h),
            _ => None,
        }
    }

    fn function(self, name: &str, parser: &mut Parser) -> Result<String, String> {
        let mut filled = Ok(String::new());
        let nested: Result<(), ParseError<()>> = parser.parse_nested_block(|inner| {
            filled = match name {
                "var" => self.var(inner),
                "light-dark" => self.light_dark(inner),
                "oklch" => self.oklch(inner),
                _ => self
                    .rest(inner)
                    .map(|rest| reckoned(name, &rest).unwrap_or(format!("{name}({rest})"))),
            };
            while inner.next().is_ok() {}
            Ok(())
        });
        nested.map_err(|_| format!("{name}(…) does not end"))?;
        filled
    }

    /// A colour, or one that is made of another (CSS Color 5, relative colours): that one is worked out here, because within its
    /// channels our own tokens reckon more than the parser of colours does.
    fn oklch(self, parser: &mut Parser) -> Result<String, String> {
        let is_relative = parser
            .try_parse(|input| input.expect_ident_matching("from"))
            .is_ok();
        if !is_relative {
            return self.rest(parser).map(|rest| format!("oklch({rest})"));
        }
        parser.skip_whitespace();
        let of = self.piece(parser)?.unwrap_or_default();
        let origin = self.tokens.colour_of(&of, self.scheme)?.oklch;
        let within = Self {
            origin: Some(origin),
            ..self
        };
        within
            .rest(parser)
            .map(|rest| format!("oklch({})", rest.trim()))
    }

    fn var(self, parser: &mut Parser) -> Result<String, String> {
        let name = parser.expect_ident().map(|name| name.to_string());
        let name = name.map_err(|_| "var() names no token".to_owned())?;
        match self.tokens.value(&name) {
            Some(value) => self.tokens.put(value, self.scheme, self.depth + 1),
            None if parser.expect_comma().is_ok() => self.rest(parser),
            None => Err(format!("there is no token {name}")),
        }
    }

    fn light_dark(self, parser: &mut Parser) -> Result<String, String> {
        let mut light = Ok(String::new());
        let first: Result<(), ParseError<()>> =
            parser.parse_until_before(Delimiter::Comma, |inner| {
                light = self.rest(inner);
                Ok(())
            });
        let two = first.is_ok() && parser.expect_comma().is_ok();
        if !two {
            return Err("light-dark() takes two values with a comma between".into());
        }
        match self.scheme {
            Scheme::Light => light.map(|text| text.trim().to_owned()),
            Scheme::Dark => self.rest(parser).map(|text| text.trim().to_owned()),
        }
    }
}

/// The least or the greatest of numbers; `None` where they are more than numbers.
fn reckoned(name: &str, arguments: &str) -> Option<String> {
    let numbers = arguments.split(',').map(|one| one.trim().parse::<f32>());
    let numbers: Vec<f32> = numbers.collect::<Result<_, _>>().ok()?;
    let found = match name {
        "min" => numbers.into_iter().reduce(f32::min),
        "max" => numbers.into_iter().reduce(f32::max),
        _ => None,
    };
    found.map(|number| number.to_string())
}

/// A colour that was worked out.
#[derive(Clone, Copy, Debug)]
pub struct Colour {
    /// As a screen shows it.
    rgb: RGBA,
    /// As the design speaks of it.
    oklch: OKLCH,
}

impl Colour {
    /// Whether nothing shines through.
    pub fn is_opaque(self) -> bool {
        self.rgb.alpha == u8::MAX
    }

    /// WCAG 2.2, relative luminance.
    fn luminance(self) -> f64 {
        let part = |byte: u8| {
            let part = f64::from(byte) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(self.rgb.red) + 0.7152 * part(self.rgb.green) + 0.0722 * part(self.rgb.blue)
    }

    /// WCAG 2.2, contrast ratio: from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The same colour at another lightness, as CSS has it; and how light this one is.
    pub fn at_lightness(self, lightness: f32) -> String {
        let OKLCH { c, h, .. } = self.oklch;
        format!("oklch({lightness:.3} {c:.3} {h:.0})")
    }

    /// How light it is, from 0 to 1.
    pub fn lightness(self) -> f32 {
        self.oklch.l
    }
}
