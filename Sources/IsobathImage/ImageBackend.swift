// SPDX-License-Identifier: GPL-3.0-or-later

/// Whose arithmetic makes the pictures: transformers 5 has two backends, and their results differ.
///
/// One resizing of the fixtures differs by up to 1/255 in a channel before normalisation (bilinear), 2/255
/// (bicubic) or 4/255 (Lanczos); results of each are bit for bit those of its reference.
package enum ImageBackend: String, Sendable, CaseIterable {
  /// Pillow and numpy: what older versions do, and transformers 5 where torchvision is not installed.
  case pillow
  /// Torchvision on the CPU: what transformers 5 takes where it is installed.
  case torchvision
}
