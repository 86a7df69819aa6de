using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace ModelGen.Tests.Runtime;

/// <summary>What a run leaves behind: event files, folders, tables, pages.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void MaskedCrc_KnownAnswers()
    {
        // RFC 3720, B.4: 32 bytes of 0 and of 255 have the CRC-32C 8A9136AA and 62A8AB43.
        Assert.Equal(Masked(0x8A9136AA), EventFile.MaskedCrc(new byte[32]));
        Assert.Equal(Masked(0x62A8AB43), EventFile.MaskedCrc(Enumerable.Repeat((byte)255, 32).ToArray()));
    }

    [Fact]
    public void EventFile_IsReadByTheFieldsOfItsSchema()
    {
        string path;
        using (var file = new EventFile(Path.Combine(_folder, "run"), new Noon()))
        {
            path = file.Path;
            file.AddScalar("train/loss", 0.25f, 7);
            file.AddHistogram("weights", [-1, 0, 0.5f, 2, float.NaN], 8);
            file.AddHistogram("nothing", [float.NaN], 8);
            file.AddImage("digit", [0, 1, 0.5f, 2, -1, 0.25f], 1, 2, 3, 9);
            file.AddText("note", "größer", 10);
        }

        Assert.StartsWith("events.out.tfevents.1767268800.", Path.GetFileName(path));
        var events = Events(File.ReadAllBytes(path));
        Assert.Equal(5, events.Count);
        Assert.All(events, message => Assert.Equal(1767268800.0, BitConverter.UInt64BitsToDouble(message[1][0].Number)));
        Assert.Equal("brain.Event:2", Text(events[0][3][0]));

        // Event: 2 step, 5 summary; Summary: 1 value; Value: 1 tag, 2 simple_value, 4 image, 5 histo, 8 tensor, 9 metadata.
        var (scalar, histogram, image, text) = (Value(events[1], 7), Value(events[2], 8), Value(events[3], 9), Value(events[4], 10));
        Assert.Equal("train/loss", Text(scalar[1][0]));
        Assert.Equal(0.25f, BitConverter.UInt32BitsToSingle((uint)scalar[2][0].Number));

        var histo = Fields(histogram[5][0].Bytes);
        Assert.Equal([-1, 2, 4, 1.5, 5.25], new[] { 1, 2, 3, 4, 5 }.Select(field => BitConverter.UInt64BitsToDouble(histo[field][0].Number)));
        var (limits, buckets) = (Doubles(histo[6][0].Bytes), Doubles(histo[7][0].Bytes));
        Assert.Equal((30, 30, 4.0), (limits.Length, buckets.Length, buckets.Sum()));
        Assert.Equal(limits.Order(), limits);
        Assert.Equal((1.0, 2.0), (buckets[0], limits[^1]));

        var picture = Fields(image[4][0].Bytes);
        Assert.Equal([2, 3, 1], new[] { 1, 2, 3 }.Select(field => (int)picture[field][0].Number));
        Assert.Equal([0, 0, 255, 128, 0, 255, 0, 64], Inflated(picture[4][0].Bytes, width: 3, height: 2));

        var tensor = Fields(text[8][0].Bytes);
        Assert.Equal((7UL, "größer"), (tensor[1][0].Number, Text(tensor[8][0])));
        Assert.Equal("text", Text(Fields(Fields(text[9][0].Bytes)[1][0].Bytes)[1][0]));
    }

    [Fact]
    public void RunFolders_AreComparedInATable()
    {
        foreach (var (name, rate, hidden) in new[] { ("slow", 1e-4f, "8|9"), ("fast", 0.5f, "8|9"), ("middle", 1e-2f, "16") })
        {
            using var model = new SoftmaxRegression();
            var trainer = new Trainer<SoftmaxRegression>(model, new Sgd(rate)) { Seed = 4 };
            trainer.Callbacks.Add(new RunFolder(Path.Combine(_folder, name), [new("hidden", hidden)]));
            trainer.Callbacks.Add(new TensorBoardLogger(Path.Combine(_folder, name)) { EverySteps = 2, Histograms = true });
            trainer.Fit(Samples(90), 3, Samples(30));
        }

        var table = RunTable.Load(_folder);
        Assert.Equal(("val_loss", "fast,middle,slow"), (table.Monitor, string.Join(",", table.Names)));
        var lines = table.ToMarkdown().Split('\n');
        Assert.Equal("| run | learning_rate | hidden | epochs | best val_loss | at epoch |", lines[0]);
        Assert.StartsWith("| fast | 0.5 | 8\\|9 | 3 | 0.", lines[2]);
        Assert.Equal("fast", RunTable.Load(_folder, "val_accuracy").Names[0]);
        table.SaveHtml(Path.Combine(_folder, "runs.html"));
        Assert.Equal(3, Page("runs.html").Descendants("h2").Count());

        // 3 epochs of 3 steps: every second step has two scalars; each epoch four figures, a rate of samples and a histogram for each parameter and buffer.
        var file = Assert.Single(Directory.GetFiles(Path.Combine(_folder, "fast"), "events*"));
        Assert.Equal(1 + 4 * 2 + 3 * (4 + 1 + 3), Events(File.ReadAllBytes(file)).Count);
        Assert.Equal(3, TrainingHistory.FromJson(File.ReadAllText(Path.Combine(_folder, "fast", "history.json"))).Epochs.Count);
        Assert.Contains("\"seed\": \"4\"", File.ReadAllText(Path.Combine(_folder, "fast", "run.json")));
        File.WriteAllText(Path.Combine(_folder, "fast", "run.json"), "{");
        Assert.Throws<DataFormatException>(() => RunTable.Load(_folder));
    }

    [Fact]
    public void TrainingReport_IsAPageOfItsOwn()
    {
        using var model = new SoftmaxRegression();
        var trainer = new Trainer<SoftmaxRegression>(model, new Sgd(0.5f)) { Metrics = { Metric.F1() } };
        var report = new TrainingReport
        {
            Title = "a < b & c",
            History = trainer.Fit(Samples(90), 2, Samples(30)),
            Evaluation = trainer.Evaluate(Samples(60)),
            ClassNames = ["cat", "dog", "<cow>"],
            Settings = new Dictionary<string, string> { ["rate"] = "0.5" },
            Model = model.Info,
        };
        report.Save(Path.Combine(_folder, "report.html"));
        var page = Page("report.html");
        Assert.Equal("a < b & c", page.Descendants("h1").Single().Value);
        Assert.Single(page.Descendants(XName.Get("svg", "http://www.w3.org/2000/svg")));
        var tables = page.Descendants("table").ToArray();
        string[] headings = ["epoch", "loss", "val_loss", "val_accuracy", "learning_rate", "val_f1", "samples/s"];
        Assert.Equal(headings, tables[0].Descendants("th").Select(cell => cell.Value));
        Assert.Equal(["samples", "loss", "f1"], tables[1].Descendants("tr").Select(row => row.Elements().First().Value));
        Assert.Equal(60, tables[2].Descendants("td").Where(cell => cell.ElementsBeforeSelf().Count() is > 0 and < 4).Sum(cell => (int)cell));
        Assert.Contains(page.Descendants("td"), cell => cell.Value == "<cow>");
        report = new TrainingReport { Title = "x", History = report.History, Evaluation = report.Evaluation, ClassNames = ["one"] };
        Assert.Throws<ArgumentException>(() => report.Save(Path.Combine(_folder, "report.html")));
    }

    // What is not XML in a page of HTML: the doctype, and elements that stay open.
    private XDocument Page(string name) => XDocument.Parse(File.ReadAllText(Path.Combine(_folder, name))
        .Replace("<!DOCTYPE html>\n", "", StringComparison.Ordinal)
        .Replace("<meta charset=\"utf-8\">", "", StringComparison.Ordinal)
        .Replace("<meta name=\"viewport\" content=\"width=device-width\">", "", StringComparison.Ordinal));

    private static uint Masked(uint crc) => ((crc >> 15) | (crc << 17)) + 0xA282EAD8u;

    // Written apart from the library's: bit by bit.
    private static uint MaskedBitByBit(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78u : crc >> 1;
        }

        return Masked(~crc);
    }

    private static List<Dictionary<int, List<Field>>> Events(byte[] file)
    {
        var events = new List<Dictionary<int, List<Field>>>();
        for (var place = 0; place < file.Length;)
        {
            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(place));
            Assert.Equal(MaskedBitByBit(file.AsSpan(place, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(place + 8)));
            var data = file.AsSpan(place + 12, length);
            Assert.Equal(MaskedBitByBit(data), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(place + 12 + length)));
            events.Add(Fields(data.ToArray()));
            place += 16 + length;
        }

        return events;
    }

    private static Dictionary<int, List<Field>> Value(Dictionary<int, List<Field>> message, ulong step)
    {
        Assert.Equal(step, message[2][0].Number);
        return Fields(Fields(message[5][0].Bytes)[1][0].Bytes);
    }

    private static Dictionary<int, List<Field>> Fields(byte[] message)
    {
        var fields = new Dictionary<int, List<Field>>();
        var place = 0;
        while (place < message.Length)
        {
            var key = Varint();
            Field field;
            switch (key & 7)
            {
                case 0:
                    field = new(Varint(), []);
                    break;
                case 1:
                    field = new(BinaryPrimitives.ReadUInt64LittleEndian(message.AsSpan(place)), []);
                    place += 8;
                    break;
                case 5:
                    field = new(BinaryPrimitives.ReadUInt32LittleEndian(message.AsSpan(place)), []);
                    place += 4;
                    break;
                default:
                    var length = (int)Varint();
                    field = new(0, message[place..(place + length)]);
                    place += length;
                    break;
            }

            if (!fields.TryGetValue((int)(key >> 3), out var list))
                fields[(int)(key >> 3)] = list = [];
            list.Add(field);
        }

        return fields;

        ulong Varint()
        {
            var value = 0UL;
            for (var shift = 0; ; shift += 7)
            {
                var b = message[place++];
                value |= (ulong)(b & 0x7F) << shift;
                if (b < 0x80)
                    return value;
            }
        }
    }

    private static string Text(Field field) => Encoding.UTF8.GetString(field.Bytes);

    private static double[] Doubles(byte[] bytes) =>
        [.. Enumerable.Range(0, bytes.Length / 8).Select(i => BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(i * 8)))];

    // Lines of a filter byte and pixels; the header is checked, the checksums of the chunks by the decoders of browsers.
    private static byte[] Inflated(byte[] png, int width, int height)
    {
        Assert.Equal("PNG", Encoding.ASCII.GetString(png, 1, 3));
        Assert.Equal((width, height), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
        var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33));
        Assert.Equal("IDAT", Encoding.ASCII.GetString(png, 37, 4));
        using var zlib = new ZLibStream(new MemoryStream(png, 41, length), CompressionMode.Decompress);
        using var lines = new MemoryStream();
        zlib.CopyTo(lines);

        // The checksum of an empty chunk is that of its name, which the format gives.
        Assert.Equal([0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82], png[^12..]);
        return lines.ToArray();
    }

    private static Dataset Samples(int count)
    {
        var rng = new Rng(11);
        float[] values = [.. Enumerable.Range(0, count * 6).Select(i => (float)rng.NextNormal() + (i % 6 == i / 6 % 3 ? 1.5f : 0))];
        return Dataset.FromArrays(values, [.. Enumerable.Range(0, count).Select(i => i % 3)], 6);
    }

    private sealed record Field(ulong Number, byte[] Bytes);

    private sealed class Noon : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    }
}
