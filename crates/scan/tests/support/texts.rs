use trousseau_scan::QrCode;

/// The whole texts among the codes.
pub fn texts(codes: Vec<QrCode>) -> Vec<String> {
    codes.into_iter().filter_map(QrCode::into_whole).collect()
}
