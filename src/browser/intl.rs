//! The browser's `Intl`, asked for by name. Whatever is missing or throws is `None`, and the caller falls back; one
//! dynamic call for all of it costs the bundle less than a binding for each part.

/// What a formatter is handed.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(dead_code, reason = "read by `Intl`, which is in browsers alone")
)]
pub enum Value<'a> {
    /// A number; moments are milliseconds since 1970.
    Number(f64),
    /// A text.
    Text(&'a str),
    /// A list of texts.
    List(&'a [String]),
}

/// A formatter and how to ask it.
#[derive(Clone, Copy)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(dead_code, reason = "read by `Intl`, which is in browsers alone")
)]
pub struct Formatter<'a> {
    /// BCP 47 tag.
    pub tag: &'a str,
    /// The part of `Intl`: `DateTimeFormat`.
    pub kind: &'a str,
    /// Its options, `name=value` with `;` between.
    pub options: &'a str,
    /// The method: `format`.
    pub method: &'a str,
}

/// The answer as text. Formatters are kept until [`forget`].
#[cfg(target_arch = "wasm32")]
pub use in_browser::{device_zone, first_weekday, forget, format, sorted, time_zones};

#[cfg(target_arch = "wasm32")]
mod in_browser {
    use super::{Formatter, Value};
    use js_sys::{Array, Function, Object, Reflect};
    use std::cell::RefCell;
    use wasm_bindgen::{JsCast, JsValue};

    thread_local! {
        static KEPT: RefCell<Vec<(String, JsValue)>> = const { RefCell::new(Vec::new()) };
    }

    /// The answer of `formatter` to `values`.
    pub fn format(formatter: Formatter, values: &[Value]) -> Option<String> {
        let made = kept(formatter)?;
        let method: Function = Reflect::get(&made, &formatter.method.into())
            .ok()?
            .dyn_into()
            .ok()?;
        let arguments: Array = values.iter().map(to_js).collect();
        method.apply(&made, &arguments).ok()?.as_string()
    }

    /// Texts in the order of the language `tag`.
    pub fn sorted(tag: &str, texts: &[String]) -> Option<Vec<String>> {
        let collator = kept(Formatter {
            tag,
            kind: "Collator",
            options: "",
            method: "compare",
        })?;
        let compare = Reflect::get(&collator, &"compare".into()).ok()?;
        let texts: Array = texts.iter().map(|text| JsValue::from_str(text)).collect();
        let sort: Function = Reflect::get(&texts, &"sort".into()).ok()?.dyn_into().ok()?;
        sort.call1(&texts, &compare).ok()?;
        texts.iter().map(|text| text.as_string()).collect()
    }

    /// The IANA names of the zones that the browser knows; none where it does not tell.
    pub fn time_zones() -> Vec<String> {
        let told = || -> Option<Array> {
            let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
            let ask = Reflect::get(&intl, &"supportedValuesOf".into()).ok()?;
            let ask: Function = ask.dyn_into().ok()?;
            ask.call1(&intl, &"timeZone".into()).ok()?.dyn_into().ok()
        };
        let told = told().unwrap_or_default();
        told.iter().filter_map(|zone| zone.as_string()).collect()
    }

    /// The IANA name of the zone that the device is set to.
    pub fn device_zone() -> Option<String> {
        let formatter = kept(Formatter {
            tag: "en",
            kind: "DateTimeFormat",
            options: "",
            method: "resolvedOptions",
        })?;
        let options = called(&formatter, "resolvedOptions")?;
        Reflect::get(&options, &"timeZone".into()).ok()?.as_string()
    }

    /// The day on which a week begins for the language `tag`, by its number from Monday (0) on.
    pub fn first_weekday(tag: &str) -> Option<u8> {
        let locale = kept(Formatter {
            tag,
            kind: "Locale",
            options: "",
            method: "getWeekInfo",
        })?;
        // Some browsers have it as a method, others as a member.
        let week = called(&locale, "getWeekInfo")
            .or_else(|| Reflect::get(&locale, &"weekInfo".into()).ok())?;
        let day = Reflect::get(&week, &"firstDay".into()).ok()?.as_f64()?;
        let day = (1..=7).find(|number| f64::from(*number) == day)?;
        Some(day - 1)
    }

    fn called(object: &JsValue, method: &str) -> Option<JsValue> {
        let method: Function = Reflect::get(object, &method.into()).ok()?.dyn_into().ok()?;
        method.call0(object).ok()
    }

    /// Lets the formatters go.
    pub fn forget() {
        KEPT.with_borrow_mut(Vec::clear);
    }

    fn kept(formatter: Formatter) -> Option<JsValue> {
        let key = [formatter.tag, formatter.kind, formatter.options].join(" ");
        let known = KEPT.with_borrow(|kept| {
            kept.iter()
                .find(|(name, _)| *name == key)
                .map(|(_, made)| made.clone())
        });
        known.or_else(|| {
            let made = make(formatter)?;
            KEPT.with_borrow_mut(|kept| kept.push((key, made.clone())));
            Some(made)
        })
    }

    fn make(formatter: Formatter) -> Option<JsValue> {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let class: Function = Reflect::get(&intl, &formatter.kind.into())
            .ok()?
            .dyn_into()
            .ok()?;
        let options = Object::new();
        for pair in formatter.options.split(';') {
            if let Some((name, value)) = pair.split_once('=') {
                Reflect::set(&options, &name.into(), &value.into()).ok()?;
            }
        }
        Reflect::construct(&class, &Array::of2(&formatter.tag.into(), &options)).ok()
    }

    fn to_js(value: &Value) -> JsValue {
        match value {
            Value::Number(number) => (*number).into(),
            Value::Text(text) => (*text).into(),
            Value::List(texts) => texts
                .iter()
                .map(|text| JsValue::from_str(text))
                .collect::<Array>()
                .into(),
        }
    }
}

/// Off the browser there is no `Intl`: native tests see the fallbacks.
#[cfg(not(target_arch = "wasm32"))]
pub fn format(_formatter: Formatter, _values: &[Value]) -> Option<String> {
    None
}

/// Off the browser nobody knows the order of a language's alphabet.
#[cfg(not(target_arch = "wasm32"))]
pub fn sorted(_tag: &str, _texts: &[String]) -> Option<Vec<String>> {
    None
}

/// Off the browser there is no list of zones.
#[cfg(not(target_arch = "wasm32"))]
pub fn time_zones() -> Vec<String> {
    Vec::new()
}

/// Off the browser the device tells no zone.
#[cfg(not(target_arch = "wasm32"))]
pub fn device_zone() -> Option<String> {
    None
}

/// Off the browser nobody knows how a region counts its weeks.
#[cfg(not(target_arch = "wasm32"))]
pub fn first_weekday(_tag: &str) -> Option<u8> {
    None
}

/// Lets the formatters go.
#[cfg(not(target_arch = "wasm32"))]
pub fn forget() {}
