//! The one way to the API.

use crate::browser::transport::BrowserTransport;
use leptos::prelude::*;
use portal_client::{ApiError, Client};
use std::future::Future;
use std::pin::Pin;

/// The client of this tab.
pub type PortalClient = Client<BrowserTransport>;

/// A handle on the client that any closure may hold.
#[derive(Clone, Copy)]
pub struct Api(StoredValue<PortalClient, LocalStorage>);

/// What a read comes to: nothing yet, what was asked for, or why not.
pub type Read<T> = LocalResource<Result<T, ApiError>>;

/// What a read asks.
type Ask<T> = Box<dyn Fn() -> Pin<Box<dyn Future<Output = Result<T, ApiError>>>>>;

/// A client of the API at `base`; empty for the portal's own origin.
#[must_use]
pub fn connect(base: &str) -> PortalClient {
    Client::new(BrowserTransport::new(base))
}

/// Makes the client known to everything below.
pub fn provide_api(client: PortalClient) {
    provide_context(Api(StoredValue::new_local(client)));
}

/// The client.
#[must_use]
pub fn use_api() -> Api {
    expect_context()
}

impl Api {
    /// The typed calls.
    #[must_use]
    pub fn client(self) -> PortalClient {
        self.0.get_value()
    }

    /// Runs `then` whenever the server says that nobody is signed in any more.
    pub fn on_unauthenticated(self, then: impl Fn() + 'static) {
        self.client().on_unauthenticated(then);
    }

    /// Reads something, and reads it again when a signal in `ask` changes.
    pub fn read<T, F>(self, ask: impl Fn(PortalClient) -> F + 'static) -> Read<T>
    where
        T: 'static,
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        Self::boxed(Box::new(move || Box::pin(ask(self.client()))))
    }

    /// Boxed, so that the machinery is made once for a kind of answer and not once for each closure.
    fn boxed<T: 'static>(ask: Ask<T>) -> Read<T> {
        LocalResource::new(ask)
    }
}
