//! Connections: taking them, and letting go of those on which nothing comes.

use super::taken::Taken;
use axum::Router;
use axum::extract::ConnectInfo;
use axum::serve::Listener;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;
use tower::ServiceExt;

/// Serves every connection until `end`, then lets those finish that are at work on a request.
///
/// The head of a request has to come within `stalled`, also the head of a further request on a connection that is kept open.
/// axum's own `serve` waits for ever, so that a few hundred clients which send nothing use all connections up (slow loris). Nor is
/// a client waited for that takes nothing of an answer for as long.
pub(super) async fn serve<L>(
    mut listener: L,
    router: Router,
    stalled: Duration,
    end: impl Future<Output = ()>,
) where
    L: Listener<Addr = SocketAddr>,
{
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(stalled);
    let open = GracefulShutdown::new();
    let mut end = pin!(end);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut end => break,
        };
        let router = router.clone();
        let answer = service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().oneshot(request)
        });
        let connection =
            open.watch(http.serve_connection(TokioIo::new(Taken::new(stream, stalled)), answer));
        tokio::spawn(async move {
            // A connection that breaks or stalls is the network's doing, and over.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended");
            }
        });
    }
    drop(listener);
    open.shutdown().await;
}
