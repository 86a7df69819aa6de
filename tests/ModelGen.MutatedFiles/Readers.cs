using System.Buffers.Binary;
using System.IO.Compression;
using System.Reflection;
using ModelGen.Runtime;

namespace ModelGen.MutatedFiles;

/// <summary>Every reader of the library, each with a valid file.</summary>
internal static class Readers
{
    private static readonly ModelInfo s_description = new()
    {
        Name = "Small",
        Inputs = [new InputSpec { Name = "x", Shape = [3], Length = 3 }],
        Outputs = [new OutputSpec { Name = "y", Shape = [2], Length = 2 }],
        Parameters =
        [
            new ParameterSpec { Path = "fc.weight", Shape = [2, 3], Offset = 0, Length = 6, Initializer = Initializer.TorchDefault(3) },
            new ParameterSpec { Path = "fc.bias", Shape = [2], Offset = 16, Length = 2, Initializer = Initializer.TorchDefault(3) },
        ],
        Buffers = [new ParameterSpec { Path = "bn.running_mean", Shape = [2], Offset = 0, Length = 2, Initializer = Initializer.Zeros, Trainable = false }],
        ParameterFloats = 18,
        BufferFloats = 2,
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Reader> All { get; } =
    [
        Weights(), OptimizerState(), CheckpointLoss(),
        OfData("idx-images", Images(), Mutations.OfBytes, path => Idx.Load(path, path + ".labels")),
        OfData("idx-labels", Labels(), Mutations.OfBytes, path => Idx.Load(path + ".images", path)),
        OfData("idx-images-packed", Images(), Mutations.OfPacked, path => Idx.Load(path, path + ".labels")),
        OfData("idx-labels-packed", Labels(), Mutations.OfPacked, path => Idx.Load(path + ".images", path)),
        OfData("cifar", Records(), Mutations.OfBytes, path => Cifar.Load(path)),
        OfData("cifar-packed", Records(), Mutations.OfPacked, path => Cifar.Load(path)),
        OfArrays("idx-array", [0, 0, 0x0D, 2, 0, 0, 0, 3, 0, 0, 0, 2, .. new byte[24]], path => Idx.LoadArray(path)),
        OfArrays("npy", Written(path => Npy.Save(path, [1, 2, 3, 4, 5, 6], 3, 2)), path => Npy.Load(path)),
        OfArrays("npz", Archive(), path => Npy.LoadArchive(path)),
    ];

    private static Reader Weights()
    {
        var parameters = new ParameterSet(s_description, 1);
        var (valid, values, version) = (Written(path => SafeTensors.Save(path, parameters)), parameters.ReadOnlyValues.ToArray(), 0);
        return new(
            "weights", typeof(SafeTensorsException), valid.Length, random => Mutations.OfSafeTensors(random, valid), path => SafeTensors.Load(path, parameters),
            () =>
            {
                values.CopyTo(parameters.Values);
                parameters.Buffers.Clear();
                version = parameters.Version;
            },
            () => parameters.ReadOnlyValues.SequenceEqual(values) && !parameters.ReadOnlyBuffers.ContainsAnyExcept(0f) && parameters.Version == version);
    }

    private static Reader OptimizerState()
    {
        var parameters = new ParameterSet(s_description, 1);
        parameters.Gradients.Fill(0.5f);
        var optimizer = new Adam();
        optimizer.Step(parameters);
        var valid = Written(optimizer.Save);

        // Its state is nobody's business but a test's.
        var state = typeof(FlatOptimizer).GetField("_state", BindingFlags.Instance | BindingFlags.NonPublic)!;
        AlignedBuffer[] Moments() => (AlignedBuffer[])state.GetValue(optimizer)!;
        return new(
            "optimizer", typeof(SafeTensorsException), valid.Length, random => Mutations.OfSafeTensors(random, valid),
            path =>
            {
                optimizer.Load(path, parameters);

                // A fresh one takes what this one took, and is tied to no model otherwise.
                new Adam().Load(path, parameters);
            },
            () =>
            {
                optimizer = new Adam();
                optimizer.Step(parameters);
                foreach (var buffer in Moments()) buffer.Span<float>(0, 18).Fill(0.25f);
            },
            () => optimizer.Steps == 1 && Moments().All(buffer => !buffer.Span<float>(0, 18).ContainsAnyExcept(0.25f)));
    }

    private static byte[] Archive()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry("x.npy").Open();
            entry.Write(Written(path => Npy.Save(path, [1, 2, 3, 4, 5, 6], 3, 2)));
        }

        return bytes.ToArray();
    }

    // A checkpoint that cannot be read is no best so far, and no error.
    private static Reader CheckpointLoss()
    {
        var parameters = new ParameterSet(s_description, 1);
        var valid = Written(path => SafeTensors.Write(path, SafeTensors.Entries(parameters), ("validation_loss", "0.25")));
        return new(
            "checkpoint", typeof(SafeTensorsException), valid.Length, random => Mutations.OfSafeTensors(random, valid),
            path => SafeTensors.MetadataOf(path, parameters), () => { }, () => false);
    }

    private static Reader OfArrays(string name, byte[] valid, Action<string> load) => new(
        name, typeof(DataFormatException), valid.Length, random => Mutations.OfBytes(random, valid), load, () => { }, () => true);

    private static Reader OfData(string name, byte[] valid, Func<Random, byte[], byte[]> mutate, Func<string, Dataset> load) => new(
        name, typeof(DataFormatException), valid.Length, random => mutate(random, valid),
        path =>
        {
            // What belongs to the file, beside it.
            if (!File.Exists(path + ".images"))
            {
                File.WriteAllBytes(path + ".images", Images());
                File.WriteAllBytes(path + ".labels", Labels());
            }

            var data = load(path);
            foreach (var column in data.Columns)
            {
                if (column.Count != data.Count)
                    throw new InvalidOperationException("The columns differ.");
            }

            for (var i = 0; i < data.Count; i++)
            {
                if (((LabelColumn)data.Columns[1]).Row(i)[0] is < 0 or > 9 || ((ByteColumn)data.Columns[0]).Row(i).Length == 0)
                    throw new InvalidOperationException("A label is out of range.");
            }
        },
        () => { }, () => true);

    private static byte[] Images() => [.. Numbers(2051, 12, 5, 4), .. Enumerable.Range(0, 12 * 5 * 4).Select(i => (byte)(i * 7))];

    private static byte[] Labels() => [.. Numbers(2049, 12), .. Enumerable.Range(0, 12).Select(i => (byte)(i % 10))];

    private static byte[] Records() => [.. Enumerable.Range(0, 3).SelectMany(r => Enumerable.Range(0, 3073).Select(i => (byte)(i == 0 ? r : i * r)))];

    private static byte[] Numbers(params int[] numbers)
    {
        var bytes = new byte[4 * numbers.Length];
        for (var i = 0; i < numbers.Length; i++) BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * i), numbers[i]);
        return bytes;
    }

    private static byte[] Written(Action<string> write)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            write(path);
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
