//! Typed calls over a transport.
