using System.Text;

namespace ModelGen.Tests.Runtime;

public sealed class SafeTensorsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("safetensors").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void SaveAndLoad_GivesTheSameBits()
    {
        using var saved = new SoftmaxRegression(seed: 1);
        using var loaded = new SoftmaxRegression(seed: 2);
        saved.Parameters.Buffers[0] = 17f;
        var path = Path.Combine(_folder, "weights.safetensors");
        saved.Save(path);
        saved.Save(path);
        loaded.Load(path);
        Assert.Equal(saved.Parameters.ReadOnlyValues.ToArray(), loaded.Parameters.ReadOnlyValues.ToArray());
        Assert.Equal(17f, loaded.Parameters.ReadOnlyBuffers[0]);
        Assert.Equal([path], Directory.GetFiles(_folder));

        var bytes = File.ReadAllBytes(path);
        var header = Encoding.UTF8.GetString(bytes, 8, (int)BitConverter.ToInt64(bytes));
        Assert.StartsWith("""{"__metadata__":{"format":"pt"},"fc.weight":{"dtype":"F32","shape":[3,6],"data_offsets":[0,72]},"fc.bias":""", header);
        Assert.Equal(0, (8 + header.Length) % 8);
    }

    [Fact]
    public void Load_OtherTypes_AreConverted()
    {
        using var model = new SoftmaxRegression(2, 1);
        var path = File_(
            """{"fc.weight":{"dtype":"F16","shape":[1,2],"data_offsets":[0,4]},"fc.bias":{"dtype":"BF16","shape":[1],"data_offsets":[4,6]},"steps":"""
                + """{"dtype":"F64","shape":[],"data_offsets":[6,14]},"bn.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[14,22]}}""",
            [.. BitConverter.GetBytes((Half)1.5f), .. BitConverter.GetBytes((Half)(-2f)), 0x40, 0x40, .. BitConverter.GetBytes(0.25), .. new byte[8]]);
        model.Load(path);
        Assert.Equal([1.5f, -2f], model.Parameters["fc.weight"].ReadOnlyValues.ToArray());
        Assert.Equal(3f, model.Parameters["fc.bias"].ReadOnlyValues[0]);
        Assert.Equal(0.25f, model.Parameters["steps"].ReadOnlyValues[0]);
    }

    [Fact]
    public void Load_OtherTensors_ListsAllAndChangesNothing()
    {
        using var model = new SoftmaxRegression(2, 1);
        var before = model.Parameters.ReadOnlyValues.ToArray();
        var path = File_(
            """{"fc.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"fc.bias":{"dtype":"I32","shape":[1],"data_offsets":[8,12]},"extra":"""
                + """{"dtype":"F32","shape":[1],"data_offsets":[12,16]},"more":{"dtype":"F32","shape":[0],"data_offsets":[16,16]}}""",
            new byte[16]);
        var e = Assert.Throws<SafeTensorsException>(() => model.Load(path));
        Assert.Equal(["steps"], e.Missing);
        Assert.Equal(["extra", "more"], e.Unexpected);
        Assert.Equal(["fc.weight is [2,1] in the file, [1,2] in the model", "fc.bias is of type I32, expected F32, F16, BF16 or F64"], e.Mismatched);
        Assert.Contains("missing: steps. unexpected: extra, more. not fitting: fc.weight is", e.Message);
        Assert.Equal(before, model.Parameters.ReadOnlyValues.ToArray());
    }

    public static TheoryData<string, int, string> Damages => new()
    {
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""", 8, "not valid JSON" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} x""", 8, "not valid JSON" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "'a' lies at bytes 0 to 8 of 7 bytes" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "'a' lies at bytes 8 to 0" },
        { """{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "'a' is F32 [3] but has 8 bytes" },
        { """{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""", 8, "but has 8 bytes" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8,
            "'a' and 'b' overlap at byte 4" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "'a' occurs twice" },
        { """{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "negative size -2" },
        { """{"a":{"dtype":"F32","shape":[2]}}""", 8, "'a' lacks a dtype, a shape or two data_offsets" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "'a' lacks" },
        { """{"a":{"dtype":7,"shape":[2],"data_offsets":[0,8]}}""", 8, "Number at byte" },
        { """{"a":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", 8, "a list that is not of numbers" },
        { """{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,8]}}""", 8, "unexpected type" },
        { """{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}""", 8, "unexpected type" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "bytes 0 to 4 of the data belong to no tensor" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "bytes 4 to 8 of the data belong to no tensor" },
        { "{\n\n  x}", 8, "not valid JSON at byte 13" },
        { """[1]""", 8, "StartArray at byte 8 where StartObject is expected" },
        { """{"__metadata__":{"format":1}}""", 8, "Number at byte" },
        { "", 8, "not valid JSON" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Load_DamagedHeader_SaysWhat(string header, int dataLength, string expected)
    {
        using var model = new SoftmaxRegression();
        var path = File_(header, new byte[dataLength]);
        var e = Assert.Throws<SafeTensorsException>(() => model.Load(path));
        Assert.Contains(expected, e.Message);
        Assert.StartsWith(path + ": ", e.Message);
    }

    [Fact]
    public void Load_NotSuchAFile_SaysWhy()
    {
        using var model = new SoftmaxRegression();
        Assert.Throws<FileNotFoundException>(() => model.Load(Path.Combine(_folder, "none")));
        Assert.Contains("the file has 3 bytes", Fails([1, 2, 3]));
        Assert.Contains("this is not a safetensors file", Fails(Encoding.ASCII.GetBytes("PK-and-then-something-else")));
        Assert.Contains("only 2 follow", Fails([100, 0, 0, 0, 0, 0, 0, 0, 1, 2]));

        string Fails(byte[] bytes)
        {
            var path = Path.Combine(_folder, "bad");
            File.WriteAllBytes(path, bytes);
            return Assert.Throws<SafeTensorsException>(() => model.Load(path)).Message;
        }
    }

    [Fact]
    public void Load_EveryTruncation_FailsAndChangesNothing()
    {
        using var model = new SoftmaxRegression();
        var path = Path.Combine(_folder, "whole");
        model.Save(path);
        var bytes = File.ReadAllBytes(path);
        var before = model.Parameters.ReadOnlyValues.ToArray();
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Throws<SafeTensorsException>(() => model.Load(path));
        }

        Assert.Equal(before, model.Parameters.ReadOnlyValues.ToArray());
    }

    [Fact]
    public void Save_IntoAMissingFolder_LeavesNothing()
    {
        using var model = new SoftmaxRegression();
        Assert.Throws<DirectoryNotFoundException>(() => model.Save(Path.Combine(_folder, "none", "x")));
        Directory.CreateDirectory(Path.Combine(_folder, "taken"));
        Assert.ThrowsAny<Exception>(() => model.Save(Path.Combine(_folder, "taken")));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private string File_(string header, byte[] data)
    {
        var path = Path.Combine(_folder, "made.safetensors");
        var json = Encoding.UTF8.GetBytes(header);
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)json.Length), .. json, .. data]);
        return path;
    }
}
