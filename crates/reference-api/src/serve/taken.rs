//! Answers that nobody takes: who asks for a large file and does not read it would hold it, and the connection, for as long as they
//! like.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

/// A connection that breaks when it wants to send and, for so long, nothing is taken.
pub(super) struct Taken<S> {
    stream: S,
    patience: Duration,
    /// Runs while something waits to be taken.
    alarm: Pin<Box<Sleep>>,
    waits: bool,
}

impl<S> Taken<S> {
    pub(super) fn new(stream: S, patience: Duration) -> Self {
        Self {
            stream,
            patience,
            alarm: Box::pin(sleep(patience)),
            waits: false,
        }
    }

    /// Begins to wait, or goes on waiting, while `polled` is pending.
    fn heed<T>(
        &mut self,
        context: &mut Context<'_>,
        polled: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if polled.is_ready() {
            self.waits = false;
            return polled;
        }
        if !self.waits {
            self.waits = true;
            self.alarm.as_mut().reset(Instant::now() + self.patience);
        }
        match self.alarm.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Taken<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Taken<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let polled = Pin::new(&mut this.stream).poll_write(context, bytes);
        this.heed(context, polled)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let polled = Pin::new(&mut this.stream).poll_write_vectored(context, pieces);
        this.heed(context, polled)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let polled = Pin::new(&mut this.stream).poll_flush(context);
        this.heed(context, polled)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let polled = Pin::new(&mut this.stream).poll_shutdown(context);
        this.heed(context, polled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    const PATIENCE: Duration = Duration::from_secs(30);

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_nobody_takes_is_given_up() {
        let (_theirs, ours) = duplex(64);
        let begun = Instant::now();
        let error = Taken::new(ours, PATIENCE)
            .write_all(&[0; 1000])
            .await
            .unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert_eq!(begun.elapsed(), PATIENCE);
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_is_taken_slowly_is_sent_to_its_end() {
        let (mut theirs, ours) = duplex(64);
        let reading = tokio::spawn(async move {
            let (mut all, mut piece) = (0, [0; 64]);
            loop {
                sleep(Duration::from_secs(20)).await;
                match theirs.read(&mut piece).await.unwrap() {
                    0 => return all,
                    some => all += some,
                }
            }
        });
        let mut sending = Taken::new(ours, PATIENCE);
        sending.write_all(&[0; 1000]).await.unwrap();
        sending.shutdown().await.unwrap();
        drop(sending);
        assert_eq!(reading.await.unwrap(), 1000);
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_that_rests_is_not_broken_by_it() {
        let (mut theirs, ours) = duplex(64);
        let mut sending = Taken::new(ours, PATIENCE);
        sending.write_all(&[1; 64]).await.unwrap();
        sleep(PATIENCE * 3).await;
        theirs.read_exact(&mut [0; 64]).await.unwrap();
        sending.write_all(&[2; 64]).await.unwrap();
    }
}
