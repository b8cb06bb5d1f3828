//! The thread of a camera scan, with video files and errors in place of the camera.

#[path = "mock/qr.rs"]
mod qr;

use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use trousseau_app::camera::{CameraScan, ScanListener};
use trousseau_scan::{Frame, FrameSource, QrCode, RealTimeSource, SourceError, Y4mReader};
use trousseau_wire::{ErrorCode, WireError};

const TEXT: &str = "otpauth://totp/Bureau:anne?secret=MFRGGZDFMZTWQ2LKNNWG23TPOA&issuer=Bureau";
/// For events that come immediately or never.
const TIMEOUT: Duration = Duration::from_secs(20);

#[derive(Debug, PartialEq)]
enum Event {
    Opened,
    Preview,
    Read(Vec<QrCode>),
    Failed(ErrorCode),
}

/// A scanner screen that sends each event into a channel. It counts as gone once the other end of the channel
/// is dropped.
struct Screen {
    events: Sender<Event>,
    /// Number of pictures shown so far.
    shown_count: Arc<AtomicU32>,
}

impl ScanListener for Screen {
    fn opened(&self) {
        let _ = self.events.send(Event::Opened);
    }

    fn preview(&self, _picture: Vec<u8>) -> bool {
        self.shown_count.fetch_add(1, Ordering::SeqCst);
        self.events.send(Event::Preview).is_ok()
    }

    fn read(&self, codes: Vec<QrCode>) -> bool {
        let _ = self.events.send(Event::Read(codes));
        true
    }

    fn failed(&self, error: WireError) {
        let _ = self.events.send(Event::Failed(error.code));
    }
}

fn screen() -> (Screen, Receiver<Event>, Arc<AtomicU32>) {
    let (events, received) = channel();
    let shown_count = Arc::new(AtomicU32::new(0));
    let screen = Screen {
        events,
        shown_count: Arc::clone(&shown_count),
    };
    (screen, received, shown_count)
}

/// All events until the thread ends.
fn all_events(received: &Receiver<Event>) -> Vec<Event> {
    let mut events = Vec::new();
    loop {
        match received.recv_timeout(TIMEOUT) {
            Ok(one) => events.push(one),
            Err(RecvTimeoutError::Disconnected) => return events,
            Err(RecvTimeoutError::Timeout) => panic!("the thread goes on after {events:?}"),
        }
    }
}

/// A video of ten frames per second; the frames from `first` on show the code.
fn video(first: usize, count: usize) -> Y4mReader<Cursor<Vec<u8>>> {
    let code = qr::drawn(TEXT);
    let (width, height) = code.dimensions();
    let mut bytes = format!("YUV4MPEG2 W{width} H{height} F10:1 Cmono\n").into_bytes();
    for number in 0..count {
        bytes.extend_from_slice(b"FRAME\n");
        bytes.extend(code.pixels().map(|pixel| {
            let [tone] = pixel.0;
            if number < first { 255 } else { tone }
        }));
    }
    Y4mReader::new(Cursor::new(bytes)).expect("a film")
}

/// Reading a frame takes 250 ms of the video. The frames in between are skipped, and none is taken before the
/// last was shown.
#[test]
fn frames_that_arrive_during_a_read_are_skipped() {
    let (screen, received, shown_count) = screen();
    let mut asked = 0;
    let wait = move |until: Duration| {
        assert_eq!(
            shown_count.load(Ordering::SeqCst),
            asked,
            "no frame waits in a queue"
        );
        let now = Duration::from_millis(250) * asked;
        asked += 1;
        now.max(until)
    };
    let _scan = CameraScan::start(
        || Ok(Box::new(RealTimeSource::new(video(6, 100), wait))),
        screen,
    );
    // Frames 0, 2, 5 and 7.
    let mut expected = vec![Event::Opened];
    expected.extend((0..4).map(|_| Event::Preview));
    expected.push(Event::Read(vec![QrCode::Whole(TEXT.into())]));
    assert_eq!(all_events(&received), expected);
}

/// Endless white frames. The channel closes when this is dropped.
struct Endless {
    _held: Sender<()>,
}

impl FrameSource for Endless {
    fn next_frame(&mut self) -> Result<Option<Frame>, SourceError> {
        let white = Frame::new(60, 60, vec![255; 3600]);
        white.map(Some).map_err(|_| SourceError::Failed)
    }
}

#[test]
fn the_camera_is_released_when_the_scan_is_stopped_or_the_screen_is_gone() {
    for stopped in [true, false] {
        let (screen, received, _) = screen();
        let (held, let_go) = channel();
        let scan = CameraScan::start(|| Ok(Box::new(Endless { _held: held })), screen);
        assert_eq!(received.recv_timeout(TIMEOUT), Ok(Event::Opened));
        let (mut scan, mut received) = (Some(scan), Some(received));
        if stopped {
            scan = None;
        } else {
            received = None;
        }
        let ended = let_go.recv_timeout(TIMEOUT);
        assert_eq!(ended, Err(RecvTimeoutError::Disconnected));
        drop((scan, received));
    }
}

#[test]
fn errors_are_reported() {
    for (error, code) in [
        (SourceError::Denied, ErrorCode::CameraDenied),
        (SourceError::Absent, ErrorCode::CameraAbsent),
        (SourceError::Busy, ErrorCode::CameraBusy),
        (SourceError::Failed, ErrorCode::CameraFailed),
    ] {
        let (screen, received, _) = screen();
        let _scan = CameraScan::start(move || Err(error), screen);
        assert_eq!(all_events(&received), [Event::Failed(code)]);
    }
    let (screen, received, _) = screen();
    let _scan = CameraScan::start(|| Ok(Box::new(video(2, 2))), screen);
    let cut_off = [
        Event::Opened,
        Event::Preview,
        Event::Preview,
        Event::Failed(ErrorCode::CameraFailed),
    ];
    assert_eq!(all_events(&received), cut_off);
}
