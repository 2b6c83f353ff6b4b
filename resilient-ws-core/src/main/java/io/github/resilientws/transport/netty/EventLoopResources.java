package io.github.resilientws.transport.netty;

/**
 * What the connections of one event loop share.
 *
 * @param readBuffer holds what is being decoded
 * @param encoder encodes frames
 * @param deflation compresses messages
 * @param readSizes predicts the size of a read
 */
record EventLoopResources(ReadBuffer readBuffer, FrameEncoder encoder, Deflation deflation, SharedReadSizes readSizes) {

}
