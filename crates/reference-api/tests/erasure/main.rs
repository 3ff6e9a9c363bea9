//! Erasures that are cut short: real processes, killed at random points.

#[cfg(test)]
mod crash;
