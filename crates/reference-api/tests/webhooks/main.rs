//! Webhooks of the whole program: it is killed on the way, and what it sends is checked by the example of the documentation.

#[cfg(test)]
mod deliveries;
#[path = "../support/program.rs"]
mod program;
