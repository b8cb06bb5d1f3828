//! The thread that reads the desktop's camera, with films and faults in its place.

#[path = "mock/qr.rs"]
mod qr;

use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use trousseau_app::camera::{Scan, Viewer};
use trousseau_scan::{Frame, FrameSource, QrCode, RealTimeSource, SourceError, Y4mReader};
use trousseau_wire::{ErrorCode, WireError};

const TEXT: &str = "otpauth://totp/Bureau:anne?secret=MFRGGZDFMZTWQ2LKNNWG23TPOA&issuer=Bureau";
/// For what comes at once or never.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Debug, PartialEq)]
enum Told {
    Opened,
    Preview,
    Read(Vec<QrCode>),
    Failed(ErrorCode),
}

/// What the scanner screen is told goes into a channel; nobody looks any more once its other end is gone.
struct Screen {
    told: Sender<Told>,
    /// The pictures shown so far.
    shown: Arc<AtomicU32>,
}

impl Viewer for Screen {
    fn opened(&self) {
        let _ = self.told.send(Told::Opened);
    }

    fn preview(&self, _picture: Vec<u8>) -> bool {
        self.shown.fetch_add(1, Ordering::SeqCst);
        self.told.send(Told::Preview).is_ok()
    }

    fn read(&self, codes: Vec<QrCode>) -> bool {
        let _ = self.told.send(Told::Read(codes));
        true
    }

    fn failed(&self, error: WireError) {
        let _ = self.told.send(Told::Failed(error.code));
    }
}

fn screen() -> (Screen, Receiver<Told>, Arc<AtomicU32>) {
    let (told, hears) = channel();
    let shown = Arc::new(AtomicU32::new(0));
    let screen = Screen {
        told,
        shown: Arc::clone(&shown),
    };
    (screen, hears, shown)
}

/// All that is told until the thread has ended.
fn all(hears: &Receiver<Told>) -> Vec<Told> {
    let mut told = Vec::new();
    loop {
        match hears.recv_timeout(PATIENCE) {
            Ok(one) => told.push(one),
            Err(RecvTimeoutError::Disconnected) => return told,
            Err(RecvTimeoutError::Timeout) => panic!("the thread goes on after {told:?}"),
        }
    }
}

/// Ten frames a second, those from `first` on with the code.
fn film(first: usize, count: usize) -> Y4mReader<Cursor<Vec<u8>>> {
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

/// Each frame is read for 250 ms of the film: those between are lost, and none is taken before the last was shown.
#[test]
fn while_one_frame_is_read_the_others_are_lost() {
    let (screen, hears, shown) = screen();
    let mut asked = 0;
    let wait = move |until: Duration| {
        assert_eq!(
            shown.load(Ordering::SeqCst),
            asked,
            "a frame waits in a queue"
        );
        let now = Duration::from_millis(250) * asked;
        asked += 1;
        now.max(until)
    };
    let _scan = Scan::start(
        || Ok(Box::new(RealTimeSource::new(film(6, 100), wait))),
        screen,
    );
    // Frames 0, 2, 5 and 7.
    let mut expected = vec![Told::Opened];
    expected.extend((0..4).map(|_| Told::Preview));
    expected.push(Told::Read(vec![QrCode::Whole(TEXT.into())]));
    assert_eq!(all(&hears), expected);
}

/// White frames without end; the channel tells when it is dropped.
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
fn the_camera_is_let_go_when_it_is_stopped_and_when_nobody_looks() {
    for stopped in [true, false] {
        let (screen, hears, _) = screen();
        let (held, let_go) = channel();
        let scan = Scan::start(|| Ok(Box::new(Endless { _held: held })), screen);
        assert_eq!(hears.recv_timeout(PATIENCE), Ok(Told::Opened));
        let (mut scan, mut hears) = (Some(scan), Some(hears));
        if stopped {
            scan = None;
        } else {
            hears = None;
        }
        let ended = let_go.recv_timeout(PATIENCE);
        assert_eq!(ended, Err(RecvTimeoutError::Disconnected));
        drop((scan, hears));
    }
}

#[test]
fn what_goes_wrong_is_told() {
    for (error, code) in [
        (SourceError::Denied, ErrorCode::CameraDenied),
        (SourceError::Absent, ErrorCode::CameraAbsent),
        (SourceError::Busy, ErrorCode::CameraBusy),
        (SourceError::Failed, ErrorCode::CameraFailed),
    ] {
        let (screen, hears, _) = screen();
        let _scan = Scan::start(move || Err(error), screen);
        assert_eq!(all(&hears), [Told::Failed(code)]);
    }
    let (screen, hears, _) = screen();
    let _scan = Scan::start(|| Ok(Box::new(film(2, 2))), screen);
    let cut_off = [
        Told::Opened,
        Told::Preview,
        Told::Preview,
        Told::Failed(ErrorCode::CameraFailed),
    ];
    assert_eq!(all(&hears), cut_off);
}
