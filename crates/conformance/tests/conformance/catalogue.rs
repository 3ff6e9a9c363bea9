//! Each rule, broken once.

mod by_profile;
mod particular;

use crate::breaks::Break;
use std::sync::LazyLock;

static ALL: LazyLock<Vec<Break>> = LazyLock::new(|| {
    by_profile::breaks()
        .into_iter()
        .chain(particular::breaks())
        .collect()
});

/// All of them.
pub fn breaks() -> &'static [Break] {
    &ALL
}
