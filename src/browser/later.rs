//! An answer that somebody gives later: the one half waits for it, the other gives it.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::{Poll, Waker};

struct Shared<T> {
    answer: Option<T>,
    is_over: bool,
    waiting: Option<Waker>,
}

/// Gives the answer. Dropped without one, whoever waits hears that none will come.
pub struct Teller<T>(Rc<RefCell<Shared<T>>>);

impl<T> Teller<T> {
    /// Gives it.
    pub fn tell(self, answer: T) {
        self.0.borrow_mut().answer = Some(answer);
    }
}

impl<T> Drop for Teller<T> {
    fn drop(&mut self) {
        let waiting = {
            let mut shared = self.0.borrow_mut();
            shared.is_over = true;
            shared.waiting.take()
        };
        if let Some(waker) = waiting {
            waker.wake();
        }
    }
}

/// The two halves. The future is `None` when no answer was given.
pub fn later<T>() -> (Teller<T>, impl Future<Output = Option<T>>) {
    let shared = Rc::new(RefCell::new(Shared {
        answer: None,
        is_over: false,
        waiting: None,
    }));
    let teller = Teller(Rc::clone(&shared));
    let answer = poll_fn(move |context| {
        let mut shared = shared.borrow_mut();
        if shared.is_over {
            return Poll::Ready(shared.answer.take());
        }
        shared.waiting = Some(context.waker().clone());
        Poll::Pending
    });
    (teller, answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;
    use std::task::Context;

    fn poll<F: Future>(future: F) -> Poll<F::Output> {
        pin!(future).poll(&mut Context::from_waker(Waker::noop()))
    }

    #[test]
    fn an_answer_arrives_and_its_absence_too() {
        let (teller, answer) = later();
        teller.tell(7);
        assert_eq!(poll(answer), Poll::Ready(Some(7)));
        let (teller, answer) = later::<u8>();
        drop(teller);
        assert_eq!(poll(answer), Poll::Ready(None));
        let (_teller, answer) = later::<u8>();
        assert_eq!(poll(answer), Poll::Pending);
    }
}
