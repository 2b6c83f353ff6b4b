/**
 * Encoding of payloads as messages: conversion, envelopes, ids.
 */
@NullMarked
package io.github.resilientws.internal.encoding;

import org.jspecify.annotations.NullMarked;
