/* URLs as the network's rights see them: which host is meant, and how a query and a
 * redirect change one. */
#ifndef TEND_WORKER_URL_H
#define TEND_WORKER_URL_H

#include "base/buffer.h"
#include "base/error.h"

#define TEND_URL_HOST 300

/* The word of the right: "api.example.com" of https, with a port if it is not the usual
 * one ("localhost:8443"), and "http://host[:port]" where nothing is encrypted.
 * TEND_INVALID for what is no URL of http or https, or has a password in it. */
tend_status tend_url_right(const char *url, char host[TEND_URL_HOST], struct tend_error *err);
/* Adds name=value, encoded, behind ? or &. */
void tend_url_query(struct tend_buffer *url, const char *name, struct tend_text value);
/* name=value of a form, encoded. */
void tend_url_encode(struct tend_buffer *out, struct tend_text text);
/* Where `to`, of a Location header, leads from `url`. */
tend_status tend_url_follow(const char *url, struct tend_text to, struct tend_buffer *out,
                            struct tend_error *err);

#endif
