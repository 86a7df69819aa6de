namespace ModelGen.Tests.Frontend;

/// <summary>An output that lost the batch axis has its value in the row of every sample, and is announced so.</summary>
public sealed class OutputRowsTests
{
    private const int Samples = 5;

    // What Forward gives for x f32[N,3] and w f32[2] of ones, and for each of its outputs the row of a sample, where m is the mean of all of x.
    private static readonly (string Forward, string Announced, Func<float[], float, float[]> Row)[] Cases =
    [
        ("Mean(x)", "output f32[N]", (_, m) => [m]),
        ("Mean(x, keepDims: true)", "output f32[N,1,1]", (_, m) => [m]),
        ("w * 2", "output f32[N,2]", (_, _) => [2, 2]),
        ("Sum(x) * w", "output f32[N,2]", (_, m) => [15 * m, 15 * m]),
        ("(x * 2, Mean(x))", "output f32[N,3]; output f32[N]", (x, m) => [2 * x[0], 2 * x[1], 2 * x[2], m]),
        ("(Mean(x), x + 1)", "output f32[N]; output f32[N,3]", (x, m) => [m, x[0] + 1, x[1] + 1, x[2] + 1]),
        ("(w, Mean(x), Mean(x))", "output f32[N,2]; output f32[N]; output f32[N]", (_, m) => [1, 1, m, m]),
    ];

    public static TheoryData<int> Numbers() => [.. Enumerable.Range(0, Cases.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Output_WithoutBatchAxis_FillsEveryRow(int number)
    {
        var (forward, announced, row) = Cases[number];
        var count = announced.Split("; ").Length;
        var type = count == 1 ? "Tensor" : $"({string.Join(", ", Enumerable.Repeat("Tensor", count))})";
        var outputs = Enumerable.Range(0, count).Select(i => $"Tensor y{i}");
        var means = string.Join(" + ", Enumerable.Range(0, count).Select(i => $"Mean(y{i})"));
        var source = $$"""
            [Model(Jvp = true)] public partial class M
            {
                readonly Tensor w = Parameter(Init.Ones, 2);
                public {{type}} Forward([Shape(3)] Tensor x) => {{forward}};
                public Tensor Loss({{string.Join(", ", outputs)}}, [Shape(3)] Tensor t) => MseLoss(t, t * Mean(w)) + {{means}};
            }
            """;
        var compiled = Driver.Generate(Driver.Compile(source));
        Driver.AssertCompiles(compiled);
        Driver.Run(compiled, assembly =>
        {
            var model = (IJvpModel)Activator.CreateInstance(assembly.GetType("M")!)!;
            Assert.Equal(announced,
                string.Join("; ", model.Info.Outputs.Select(o => System.Text.RegularExpressions.Regex.Replace(o.ToString(), "^[^ ]+", "output"))));
            Assert.Contains(model.Info.Outputs[^1].ToString().Split(' ')[1], model.Info.Summary, StringComparison.Ordinal);
            using var batch = new Batch(model.Info, Samples) { Count = Samples };
            var x = batch.Floats(0);
            for (var i = 0; i < x.Length; i++) x[i] = (i * 7 % 11) - 4;
            var all = x.ToArray();
            float[] expected = [.. Enumerable.Range(0, Samples).SelectMany(n => row(all[(3 * n)..(3 * n + 3)], all.Average()))];
            Assert.Equal(expected.Length, Samples * model.Info.OutputLength);

            // A call before leaves other numbers in the workspace.
            var output = new float[expected.Length];
            using (var other = new Batch(model.Info, Samples) { Count = Samples })
            {
                other.Floats(0).Fill(1e6f);
                model.Evaluate(other, output);
            }

            foreach (var run in new Action[] { () => model.Predict(batch, output), () => model.Evaluate(batch, output),
                () => model.Jvp(batch, null, [], output, []) })
            {
                Array.Fill(output, -77f);
                run();
                for (var i = 0; i < output.Length; i++) Assert.Equal(expected[i], output[i], 1e-5);
            }

            return 0;
        });
    }
}
