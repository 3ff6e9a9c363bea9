//! Erasures that are cut short: real processes, killed at random points.

#[cfg(test)]
mod crash;
#[path = "../support/program.rs"]
mod program;
