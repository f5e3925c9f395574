// SPDX-License-Identifier: GPL-3.0-or-later

/// Every family that Isobath runs: a new one is one file beside this and one entry here.
package let families: [any Architecture.Type] = [
  GPT2.self,
  Llama.self,
]
