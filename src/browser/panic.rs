//! When the program itself breaks: the boot module shows the way out, in plain JavaScript.

use super::{boot, console};

/// From now on a panic shows the way out, and names its place in the console. Its message is left out: it may carry what a
/// customer wrote.
pub fn set_panic_hook() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |place| {
            [place.file(), ":", &place.line().to_string()].concat()
        });
        console::error(&["The portal broke at ", &place].concat());
        boot::fail(boot::Failure::Panic);
    }));
}
