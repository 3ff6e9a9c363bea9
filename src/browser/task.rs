//! Work that goes on beside the screen, and can be given up.

use super::clock;
use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

enum Work {
    Waiting(Pin<Box<dyn Future<Output = ()>>>),
    Running,
    GivenUp,
}

/// Work under way; dropping this gives it up, and with it every request that it waits for.
pub struct Handle(Rc<RefCell<Work>>);

impl Drop for Handle {
    fn drop(&mut self) {
        // The work is taken out before it is dropped: what it lets go may ask for it again.
        let _work = self.0.replace(Work::GivenUp);
    }
}

/// Begins some work.
#[must_use = "dropping the handle gives the work up"]
pub fn spawn(work: impl Future<Output = ()> + 'static) -> Handle {
    let shared = Rc::new(RefCell::new(Work::Waiting(Box::pin(work))));
    let handle = Handle(Rc::clone(&shared));
    wasm_bindgen_futures::spawn_local(poll_fn(move |context| {
        let Work::Waiting(mut work) = shared.replace(Work::Running) else {
            shared.replace(Work::GivenUp);
            return Poll::Ready(());
        };
        let done = work.as_mut().poll(context).is_ready();
        // The handle may have been dropped from within the work.
        let given_up = matches!(*shared.borrow(), Work::GivenUp);
        if done || given_up {
            return Poll::Ready(());
        }
        shared.replace(Work::Waiting(work));
        Poll::Pending
    }));
    handle
}

/// Begins some work that ends by itself and that nobody gives up.
pub fn run(work: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(work);
}

/// Waits so many milliseconds.
pub async fn pause(milliseconds: u32) {
    clock::sleep(Duration::from_millis(milliseconds.into())).await;
}
