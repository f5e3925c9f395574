// SPDX-License-Identifier: GPL-3.0-or-later
import COpenBLAS

/// The linked dense algebra, at one thread: every entry into it passes through `prepare`.
package enum BLAS {
  private static let isSingleThreaded: Void = openblas_set_num_threads(1)

  /// Sets one thread on first use: our own threads and OpenBLAS' together are ten times slower.
  package static func prepare() { _ = isSingleThreaded }

  /// What OpenBLAS says of itself: version, target, limits.
  package static var configuration: String {
    prepare()
    return String(cString: openblas_get_config())
  }

  /// The processor that OpenBLAS' kernels were chosen for.
  package static var core: String { String(cString: openblas_get_corename()) }

  package static var threads: Int {
    prepare()
    return Int(openblas_get_num_threads())
  }
}
