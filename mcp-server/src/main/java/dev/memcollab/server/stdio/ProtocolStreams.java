package dev.memcollab.server.stdio;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;

/// The two streams that carry the protocol.
public record ProtocolStreams(InputStream in, OutputStream out) {
    /// Takes stdin and stdout for the protocol alone; the first line of `main`.
    ///
    /// From then on `System.out` is stderr and `System.in` is at its end: a library that prints or reads does no harm.
    public static ProtocolStreams take() {
        System.setOut(System.err);
        System.setIn(InputStream.nullInputStream());
        return new ProtocolStreams(new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out));
    }
}
