using System.IO.Compression;

namespace ModelGen;

/// <summary>A data file, plain or gzipped: told apart by content, not by name.</summary>
/// <remarks>
/// What a packed file unpacks to is known only at its end. So it is unpacked twice: once without keeping anything, to check it and to learn its size, and
/// once into memory of that size. A small file that unpacks to a large one costs time then, and no memory unless it is valid data.
/// </remarks>
internal sealed class PackedFile : IDisposable
{
    private const int BufferSize = 1 << 16;

    private readonly string _path;
    private readonly FileStream _file;

    /// <summary>Opens a file.</summary>
    /// <exception cref="DataFormatException">It is no file but a folder, a pipe or a device.</exception>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public PackedFile(string path)
    {
        _path = path;
        _file = WholeFile.OpenRead(path, problem => new DataFormatException(path, -1, problem));
        IsPacked = _file.ReadByte() == 0x1F && _file.ReadByte() == 0x8B;
    }

    /// <summary>Whether it is gzipped.</summary>
    public bool IsPacked { get; }

    /// <summary>The bytes of a plain file.</summary>
    public long Length => _file.Length;

    /// <summary>Reads the content from its beginning.</summary>
    /// <param name="read">Reads it; the stream is not to be kept.</param>
    /// <exception cref="DataFormatException">The content is no gzip file though it begins as one.</exception>
    public T Read<T>(Func<Stream, T> read)
    {
        _file.Position = 0;
        if (!IsPacked)
            return read(_file);
        try
        {
            using var unpacked = new BufferedStream(new GZipStream(_file, CompressionMode.Decompress, leaveOpen: true), BufferSize);
            return read(unpacked);
        }
        catch (InvalidDataException e)
        {
            throw new DataFormatException(_path, -1, "the gzip data are damaged.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
