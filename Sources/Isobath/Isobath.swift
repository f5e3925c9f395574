// SPDX-License-Identifier: GPL-3.0-or-later

// The library: run a checkpoint, look at its states or change them. The rest is the command's.
@_exported import IsobathForward
@_exported import IsobathModel
