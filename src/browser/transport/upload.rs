use super::{Upload, why};
use crate::browser::listener::Listener;
use portal_client::{RESPONSE_HEADERS, Request, Response, TransportError};
use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};
use wasm_bindgen::JsCast;
use web_sys::{ProgressEvent, XmlHttpRequest};

/// Sends a file and reads the answer; dropping the future gives the upload up.
pub async fn send(
    address: &str,
    cross_origin: bool,
    request: &Request<Upload>,
    file: &Upload,
) -> Result<Response, TransportError> {
    let sending =
        Sending::begin(address, cross_origin, request, file).ok_or(TransportError::Interrupted)?;
    poll_fn(|context| {
        let mut end = sending.end.borrow_mut();
        if end.over {
            return Poll::Ready(());
        }
        end.waker = Some(context.waker().clone());
        Poll::Pending
    })
    .await;
    sending.answer()
}

#[derive(Default)]
struct End {
    over: bool,
    waker: Option<Waker>,
}

struct Sending {
    http: XmlHttpRequest,
    end: Rc<RefCell<End>>,
    _listeners: Vec<Listener>,
}

impl Sending {
    fn begin(
        address: &str,
        cross_origin: bool,
        request: &Request<Upload>,
        file: &Upload,
    ) -> Option<Self> {
        let http = XmlHttpRequest::new().ok()?;
        http.open(request.method.as_str(), address).ok()?;
        http.set_with_credentials(cross_origin);
        for (name, value) in &request.headers {
            http.set_request_header(name, value).ok()?;
        }
        let end = Rc::new(RefCell::new(End::default()));
        let ended = Rc::clone(&end);
        // `loadend` comes after success, failure and abort alike.
        let mut listeners = vec![Listener::new(&http, "loadend", move |_| finish(&ended))];
        if let (Some(progress), Ok(upload)) = (request.progress.clone(), http.upload()) {
            listeners.push(Listener::new(&upload, "progress", move |event| {
                if let Some(event) = event.dyn_ref::<ProgressEvent>() {
                    progress(whole(event.loaded()), whole(event.total()));
                }
            }));
        }
        http.send_with_opt_blob(Some(&file.blob)).ok()?;
        Some(Self {
            http,
            end,
            _listeners: listeners,
        })
    }

    fn answer(&self) -> Result<Response, TransportError> {
        let status = self.http.status().unwrap_or_default();
        if status == 0 {
            return Err(why());
        }
        let header = |name| Some((name, self.http.get_response_header(name).ok().flatten()?));
        Ok(Response {
            status,
            headers: RESPONSE_HEADERS.into_iter().filter_map(header).collect(),
            text: self.http.response_text().ok().flatten().unwrap_or_default(),
        })
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        // Does nothing to a request that has ended.
        let _ = self.http.abort();
    }
}

fn finish(end: &Rc<RefCell<End>>) {
    let mut end = end.borrow_mut();
    end.over = true;
    if let Some(waker) = end.waker.take() {
        waker.wake();
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "bytes: a whole number below 2^53"
)]
fn whole(bytes: f64) -> u64 {
    bytes as u64
}
