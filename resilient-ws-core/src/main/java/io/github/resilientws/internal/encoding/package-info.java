/**
 * From a payload to the bytes of a message: conversion, envelopes, ids.
 */
@NullMarked
package io.github.resilientws.internal.encoding;

import org.jspecify.annotations.NullMarked;
