// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef ISOBATH_CCURL_SHIM_H
#define ISOBATH_CCURL_SHIM_H
#include <curl/curl.h>

// Swift calls no variadic function: one function of ours for each type of argument.

static inline CURLcode isobath_curl_set_number(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode isobath_curl_set_text(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode isobath_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode isobath_curl_set_headers(CURL *handle, struct curl_slist *value) {
  return curl_easy_setopt(handle, CURLOPT_HTTPHEADER, value);
}

/// Bytes of a body or of one header line; returns how many were taken.
typedef size_t (*isobath_curl_receiver)(char *bytes, size_t one, size_t count, void *context);

static inline CURLcode isobath_curl_set_body_receiver(CURL *handle, isobath_curl_receiver receiver) {
  return curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, receiver);
}

static inline CURLcode isobath_curl_set_header_receiver(
    CURL *handle, isobath_curl_receiver receiver) {
  return curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, receiver);
}

/// Called about once a second at least; anything but 0 ends the transfer.
typedef int (*isobath_curl_watcher)(
    void *context, curl_off_t expected, curl_off_t received, curl_off_t to_send, curl_off_t sent);

static inline CURLcode isobath_curl_set_watcher(CURL *handle, isobath_curl_watcher watcher) {
  return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, watcher);
}

static inline CURLcode isobath_curl_get_number(CURL *handle, CURLINFO what, long *value) {
  return curl_easy_getinfo(handle, what, value);
}

static inline CURLcode isobath_curl_get_offset(CURL *handle, CURLINFO what, curl_off_t *value) {
  return curl_easy_getinfo(handle, what, value);
}
#endif
