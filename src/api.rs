//! The one way to the API.

use crate::browser::task::{self, Handle};
use crate::browser::transport::BrowserTransport;
use crate::routes::outside;
use crate::routes::{AreaSet, use_areas};
use portal_client::{ApiError, Client, Offer};
use portal_markup::prelude::*;
use portal_markup::watch;
use std::any::Any;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::rc::Rc;

/// The client of this tab.
pub type PortalClient = Client<BrowserTransport>;

/// A handle on the client that any closure may hold.
#[derive(Clone, Copy)]
pub struct Api(StoredValue<PortalClient, LocalStorage>);

/// What a read comes to: nothing yet, what was asked for, or why not.
pub struct Read<T: 'static> {
    reading: Reading,
    answers: PhantomData<fn() -> T>,
}

/// A read whatever the type of its answer: its machinery is then made once, and not once for each kind of answer.
#[derive(Clone, Copy)]
pub struct Reading {
    outcome: RwSignal<Option<Outcome>>,
    /// That it is to be asked again.
    again: RwSignal<()>,
}

/// An answer whatever its type.
pub type Outcome = Result<Rc<dyn Any>, ApiError>;

impl Reading {
    /// Where it stands; it is watched.
    #[must_use]
    pub fn get(self) -> Option<Outcome> {
        self.outcome.get()
    }

    /// Reads again; what was read stays until the answer is there.
    pub fn refetch(self) {
        self.again.set(());
    }
}

impl<T> Read<T> {
    /// It whatever the type of its answer.
    #[must_use]
    pub fn reading(self) -> Reading {
        self.reading
    }
}

/// What a read asks.
type Ask = Box<dyn Fn() -> Pin<Box<dyn Future<Output = Outcome>>>>;

impl<T> Clone for Read<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Read<T> {}

impl<T: Clone + 'static> Read<T> {
    /// Where it stands; it is watched.
    #[must_use]
    pub fn get(self) -> Option<Result<T, ApiError>> {
        self.reading.get().map(answer)
    }

    /// Where it stands at this moment.
    #[must_use]
    pub fn get_untracked(self) -> Option<Result<T, ApiError>> {
        self.reading.outcome.get_untracked().map(answer)
    }

    /// Reads again; what was read stays until the answer is there.
    pub fn refetch(self) {
        self.reading.refetch();
    }
}

/// Asks what the API offers: what it lacks is then known to be missing.
pub fn learn_areas() {
    let offer = use_api().read(|client| client.offer());
    let areas = use_areas();
    watch(move || {
        if let Some(Ok(Offer { profiles, features })) = offer.get() {
            areas.learn(AreaSet::missing(&profiles, &features));
        }
    });
}

fn answer<T: Clone + 'static>(outcome: Outcome) -> Result<T, ApiError> {
    let value = outcome?;
    let value = value.downcast_ref::<T>();
    Ok(value
        .expect("a read answers with the type that it was made with")
        .clone())
}

/// A client of the API at `base`; empty for the portal's own origin.
#[must_use]
pub fn connect(base: &str) -> PortalClient {
    Client::new(BrowserTransport::new(base))
}

/// The address of what the API names by a path of its own, or whole.
#[must_use]
pub fn place(client: &PortalClient, url: &str) -> Option<String> {
    if url.starts_with('/') {
        Some(client.transport().address(url))
    } else {
        outside(url)
    }
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
        let reading = begin(Box::new(move || {
            let answer = ask(self.client());
            Box::pin(async move { answer.await.map(|value| Rc::new(value) as Rc<dyn Any>) })
        }));
        Read {
            reading,
            answers: PhantomData,
        }
    }
}

/// Asks at once, and again when a signal in `ask` changes; what is still under way then is given up.
fn begin(ask: Ask) -> Reading {
    let reading = Reading {
        outcome: RwSignal::new(None),
        again: RwSignal::new(()),
    };
    let under_way = StoredValue::new_local(None::<Handle>);
    watch(move || {
        reading.again.track();
        let answer = ask();
        under_way.set_value(Some(task::spawn(async move {
            reading.outcome.set(Some(answer.await));
        })));
    });
    reading
}
