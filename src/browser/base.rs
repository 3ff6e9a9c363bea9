//! Below which path of its origin the portal stands. index.html alone says it, so that one build serves below any.

use super::boot;
use std::cell::Cell;

thread_local! {
    /// Without the slash at its end: nothing at the root of an origin, `/portal` below that path.
    static BASE: Cell<&'static str> = Cell::new(said_by_the_page());
}

fn said_by_the_page() -> &'static str {
    if cfg!(target_arch = "wasm32") {
        boot::base().leak()
    } else {
        ""
    }
}

/// The address of what stands at this path of the portal.
#[must_use]
pub fn address(path: &str) -> String {
    [BASE.get(), path].concat()
}

/// The path within the portal of this path of the origin; `None` for what is not the portal's.
#[must_use]
pub fn within(address: &str) -> Option<&str> {
    let rest = address.strip_prefix(BASE.get())?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

/// Has a test run as below this path.
#[cfg(test)]
pub fn stand_below(base: &'static str) {
    BASE.set(base);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_beside_the_portal_is_not_the_portals() {
        stand_below("/portal");
        assert_eq!(address("/"), "/portal/");
        assert_eq!(within("/portal/help"), Some("/help"));
        assert_eq!(within("/portal/"), Some("/"));
        assert_eq!(within("/portal"), Some(""));
        for beside in ["/", "/help", "/portals/help", "/other/portal/"] {
            assert_eq!(within(beside), None, "{beside}");
        }
        stand_below("");
        assert_eq!(address("/help"), "/help");
        assert_eq!(within("/help"), Some("/help"));
    }
}
