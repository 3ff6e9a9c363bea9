//! Typed calls of the portal's API over any [`Transport`].

mod transport;

pub use transport::{
    Body, Method, Progress, RESPONSE_HEADERS, Request, Response, Transport, TransportError,
};
