using System.Text.Json;
using System.Text.Json.Nodes;
using ModelGen.Conformance;

namespace ModelGen.Tests.Conformance;

/// <summary>The runner itself: what it does with files that are wrong, unknown or filtered out.</summary>
public sealed class RunnerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("conformance");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void RightFile_UnderAnyName_Passes()
    {
        Write("deep/any name.json", Relu());

        var result = Assert.Single(Run());

        Assert.True(result.Passed, string.Join("\n", result.Failures));
        Assert.Equal(("my_case", "relu"), (result.Name, result.Operator));
        Assert.Equal((4, 1, 2), (result.Compared.Count("outputs"), result.Compared.Count("grads"), result.Compared.Count("jvp")));
        Assert.Equal("1 passed, 0 failed, 0 skipped", ResultTable.Summary([result]));
    }

    [Theory]
    [InlineData("outputs", "output output[1] is 2, expected 3")]
    [InlineData("grads", "gradient of input[1] is 1, expected 3")]
    [InlineData("jvp", "tangent of output output[1] is 1, expected 3")]
    public void WrongNumber_FailsAndNamesTheElement(string where, string expected)
    {
        var file = Relu();
        var tensors = where == "jvp" ? file["jvp"]!["output_tangents"]! : file[where]!;
        tensors[where == "grads" ? "input" : "output"]!["data"]![1] = 3;
        Write("wrong.json", file);

        var result = Assert.Single(Run());

        Assert.Contains(result.Failures, f => f.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void WrongLoss_Fails()
    {
        var file = Relu();
        file["loss_value"] = 7.5;
        Write("wrong.json", file);

        Assert.Contains(Assert.Single(Run()).Failures, f => f.StartsWith("loss[0] is 2, expected 7.5", StringComparison.Ordinal));
    }

    [Fact]
    public void UnknownOp_IsAFailureThatSaysSo()
    {
        var file = Relu();
        file["op"] = "wavelet";
        Write("wavelet.json", file);

        var result = Assert.Single(Run());

        Assert.Equal("ModelGen has no op 'wavelet'", Assert.Single(result.Failures));
    }

    [Theory]
    [InlineData("{ \"name\": ", "")]
    [InlineData("[1, 2]", "the file is no JSON object")]
    [InlineData("{ \"kind\": \"op\", \"op\": \"relu\" }", "it has no text 'name'")]
    [InlineData("{ \"name\": \"a\", \"kind\": \"op\", \"op\": \"relu\", \"inputs\": { \"input\": { \"shape\": [2, 2], \"data\": [1] } } }",
        "'input' has shape [2, 2] and 1 numbers")]
    [InlineData("{ \"name\": \"a\", \"kind\": \"op\", \"op\": \"relu\", \"inputs\": { \"input\": 3 } }", "'input' is no tensor with shape and data")]
    [InlineData("{ \"name\": \"a\", \"kind\": \"song\", \"op\": \"relu\" }", "there is no kind 'song'")]
    public void MalformedFile_IsAFailureWithFileAndReason(string text, string reason)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "broken.json"), text);
        Write("right.json", Relu());

        var results = Run();

        Assert.Equal(2, results.Count);
        var failure = Assert.Single(Assert.Single(results, r => !r.Passed).Failures);
        Assert.StartsWith("broken.json: ", failure, StringComparison.Ordinal);
        Assert.Contains(reason, failure, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingSetting_IsAFailureThatNamesIt()
    {
        var file = Relu();
        file["op"] = "leaky_relu";
        Write("leaky.json", file);

        Assert.Contains("config has no 'negative_slope'", Assert.Single(Assert.Single(Run()).Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("relu", "{ \"inplace\": true }", "not supported: setting 'inplace'")]
    [InlineData("softmax", "{ \"axis\": 1, \"half_to_float\": false }", "not supported: setting 'half_to_float'")]
    [InlineData("gru", "{ \"hidden_size\": 2, \"num_layers\": 1, \"bidirectional\": false, \"bias\": false, \"batch_first\": false }",
        "not supported: setting 'batch_first' of false")]
    public void SettingWithoutACounterpart_IsAFailureThatNamesIt(string op, string config, string message)
    {
        var file = Relu();
        file["op"] = op;
        file["config"] = JsonNode.Parse(config);
        Write("case.json", file);

        Assert.Equal("case.json: " + message, Assert.Single(Assert.Single(Run()).Failures));
    }

    [Fact]
    public void SettingOfANamedLoss_WithoutACounterpart_IsAFailureThatNamesIt()
    {
        var file = Relu();
        file["loss"] = JsonNode.Parse("{ \"kind\": \"mse\", \"beta\": 2 }");
        Write("case.json", file);

        Assert.Equal("case.json: not supported: setting 'loss.beta'", Assert.Single(Assert.Single(Run()).Failures));
    }

    [Theory]
    [InlineData("optimizer", "{ \"optimizer\": \"Adam\", \"lr\": 0.1, \"amsgrad\": true }", "not supported: setting 'amsgrad'")]
    [InlineData("schedule", "{ \"optimizer\": \"SGD\", \"lr\": 0.1, \"schedule\": \"step\", \"step_size\": 2, \"last_epoch\": 3 }",
        "not supported: setting 'last_epoch'")]
    public void SettingOfAnOptimizer_WithoutACounterpart_IsAFailureThatNamesIt(string kind, string config, string message)
    {
        var file = Relu();
        file["kind"] = kind;
        file["config"] = JsonNode.Parse(config);
        file["tolerance"] = JsonNode.Parse("{ \"float32\": { \"rtol\": 1e-5, \"atol\": 1e-6 } }");
        Write("case.json", file);

        Assert.Equal(message, Assert.Single(Assert.Single(Run()).Failures));
    }

    [Fact]
    public void ModelThatDoesNotCompile_FailsAlone()
    {
        var file = Relu();
        file["name"] = "bad_shape";
        file["op"] = "linear";
        file["config"] = JsonNode.Parse("{ \"out_features\": -1, \"bias\": false }");
        Write("bad.json", file);
        Write("right.json", Relu());

        var results = Run();

        Assert.True(Assert.Single(results, r => r.Name == "my_case").Passed);
        Assert.Contains("MG2009", Assert.Single(Assert.Single(results, r => r.Name == "bad_shape").Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Filter_MatchesNamesAndOperators()
    {
        Assert.Equal(["softmax_axis0", "softmax_axis1_nchw", "softmax_last", "log_softmax_axis0", "log_softmax_large_logits", "log_softmax_last"],
            ConformanceRun.Run(new RunOptions(ConformanceFixture.Vectors, "SOFTMAX")).OrderBy(r => r.Name.StartsWith("log", StringComparison.Ordinal))
                .ThenBy(r => r.Name, StringComparer.Ordinal).Select(r => r.Name));
        Assert.Empty(ConformanceRun.Run(new RunOptions(ConformanceFixture.Vectors, "no such thing")));
    }

    [Fact]
    public void Arguments_AreRead()
    {
        Assert.Equal(new RunOptions("here", "relu", true), RunOptions.Parse(["here", "--filter", "relu", "--gpu"], "default", out _));
        Assert.Equal(new RunOptions("here", Gpu: true, Device: "cuda:1"), RunOptions.Parse(["--gpu", "cuda:1", "here"], "default", out _));
        Assert.Equal(new RunOptions("here", Gpu: true), RunOptions.Parse(["--gpu", "here"], "default", out _));
        Assert.Equal(new RunOptions("default"), RunOptions.Parse([], "default", out _));
        Assert.Null(RunOptions.Parse(["--what"], "default", out var error));
        Assert.Contains("--what", error, StringComparison.Ordinal);
        Assert.Equal(new RunOptions("rows.json", Isas: "avx2,scalar"), RunOptions.Parse(["rows.json", "--isa", "avx2,scalar"], "default", out _));
        Assert.Null(RunOptions.Parse(["--isa", "neon"], "default", out _));
        Assert.Null(RunOptions.Parse(["--filter"], "default", out _));
        Assert.Null(RunOptions.Parse(["a", "b"], "default", out _));
    }

    private static JsonNode Relu() => JsonNode.Parse("""
        {
          "name": "my_case", "kind": "op", "op": "relu", "config": {},
          "inputs": { "input": { "shape": [1, 2], "data": [-1, 2] } },
          "loss": { "kind": "cotangent" },
          "cotangents": { "output": { "shape": [1, 2], "data": [5, 1] } },
          "outputs": { "output": { "shape": [1, 2], "data": [0, 2] } },
          "loss_value": 2,
          "grads": { "input": { "shape": [1, 2], "data": [0, 1] } },
          "jvp": {
            "tangents": { "input": { "shape": [1, 2], "data": [1, 1] } },
            "output_tangents": { "output": { "shape": [1, 2], "data": [0, 1] } },
            "loss_tangent": 1
          },
          "tolerance": {
            "float32": {
              "rtol": 1e-5,
              "atol": { "outputs": { "output": 1e-6 }, "loss": 1e-6, "grads": { "input": 1e-6 }, "jvp": { "output": 1e-6 }, "loss_tangent": 1e-6 }
            }
          }
        }
        """)!;

    private IReadOnlyList<CaseResult> Run() => ConformanceRun.Run(new RunOptions(_folder.FullName));

    private void Write(string path, JsonNode file)
    {
        var full = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, file.ToJsonString(new JsonSerializerOptions()));
    }
}
