//! What a request brings about besides its own state: restrictions, objections and opt-outs come into force, and end.

pub(super) use crate::rights::{follow, in_force, lift};
