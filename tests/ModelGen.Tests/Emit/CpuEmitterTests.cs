using System.Reflection;
using System.Text.RegularExpressions;
using ModelGen.Generator.Compile;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Emit.Cpu;
using ModelGen.Generator.Programs;

namespace ModelGen.Tests.Emit;

public class CpuEmitterTests
{
    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (var name in EmitModels.All.Keys)
            foreach (var samples in name == "LargeImages" ? new[] { 1, 3, 4 }
                : EmitModels.Wide.Contains(name) ? [3] : name == "Tiny" ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 16, 17, 35] : [1, 2, 7, 35])
                cases.Add(name, samples);
        return cases;
    }

    public static TheoryData<string> Names() => [.. EmitModels.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void EmittedModel_MatchesInterpreter(string name, int samples)
    {
        var model = Emitted(name);
        lock (model) model.MatchesInterpreter(samples);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_AnyNumberOfThreads_GivesTheSameBits(string name)
    {
        var model = Emitted(name);
        lock (model)
        {
            using var batch = model.Fill(67, 3);
            // Running statistics move with each step, so each run starts from the same ones.
            var buffers = model.Model.Parameters.Buffers.ToArray();
            float[]? first = null;
            foreach (var threads in new[] { 1, 2, 3, 7 })
            {
                buffers.CopyTo(model.Model.Parameters.Buffers);
                model.Model.Parameters.MarkChanged();
                model.Model.Threads = threads;
                var loss = model.Model.Backward(batch, 5);
                float[] bits = [loss, .. model.Model.Parameters.Gradients];
                Assert.Equal(first ??= bits, bits);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_Warm_AllocatesNothing(string name)
    {
        var model = Emitted(name);
        lock (model)
        {
            using var batch = model.Fill(9, 4);
            var optimizer = new Adam();
            var output = new float[9 * model.Model.Info.OutputLength];
            void Step()
            {
                model.Model.Backward(batch, 1);
                optimizer.Step(model.Model.Parameters);
                model.Model.Predict(batch, output);
            }
            for (var i = 0; i < 3; i++) Step();
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 10; i++) Step();
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Plan_LiveSlots_DoNotOverlap(string name)
    {
        var programs = ModelCompiler.Lower(EmitModels.All[name]());
        foreach (var program in programs.All)
            foreach (var a in program.Slots)
                foreach (var b in program.Slots)
                    if (a.Node < b.Node && a.First <= b.Last && b.First <= a.Last)
                        Assert.True(!Overlap(program, a, b) || TakesOver(program, a, b) || TakesOver(program, b, a),
                            $"{a} and {b} of {name} share memory while both are alive.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Methods_StayBelowTheSizeTheJitOptimises(string name)
    {
        var model = Emitted(name);
        var compiled = model.Assembly.GetType(model.Graphs.CompiledNamespace + ".Compiled")!;
        foreach (var method in compiled.GetMethods(
            BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            if (method.GetMethodBody() is { } body)
                Assert.True(body.GetILAsByteArray()!.Length < 15_000, $"{name}.{method.Name} has {body.GetILAsByteArray()!.Length} bytes of IL.");
    }

    [Fact]
    public void BatchNorm_CalledTwice_MovesItsStatisticsTwice()
    {
        var emitted = new EmittedModel(Sketch.Model("SharedNorm", s =>
        {
            var y = s.Op("BatchNorm1d", s.Op("BatchNorm1d", s.Input("x", 3), null, "norm"), null, "norm");
            return ([y], s.Op("Sum", s.Binary("Mul", y, y)));
        }));
        using var batch = new Batch(emitted.Model.Info, 2) { Count = 2 };
        batch.Floats(0)[3] = 8;

        emitted.Model.Backward(batch, 1);

        // The mean of the first call is 4, that of the second 0: 0.9 * (0.1 * 4).
        Assert.Equal(0.36f, emitted.Model.Parameters["norm.running_mean"].Values[0], 1e-6f);
        // Unbiased variances 32 and 2, from 1: 0.9 * (0.9 + 0.1 * 32) + 0.1 * 2.
        Assert.Equal(3.89f, emitted.Model.Parameters["norm.running_var"].Values[0], 1e-4f);
    }

    [Fact]
    public void Tiny_WhatABatchLeavesOver_IsReadOnlyAsFarAsItGoes()
    {
        var lines = CpuSource.Of(ModelCompiler.Lower(EmitModels.Tiny())).Split('\n').Select(l => l.Trim()).ToList();
        foreach (var width in new[] { "512", "256" })
        {
            // The logits, stored one by one, are read by the loss and by its gradient; neither may wait for them.
            Assert.Contains(lines, l => l.Contains($"Simd.LoadPartial{width}(l2_sum + j0, n - j0)", StringComparison.Ordinal));
            Assert.Contains(lines,
                l => l.Contains($"Simd.LoadPartial{width}(l2_sum + i0, last - i0)", StringComparison.Ordinal)
                    || l.Contains($"Simd.LoadPartial{width}(sigmoid + i0, last - i0)", StringComparison.Ordinal));
        }
        // Not where each round of a loop would read it so.
        foreach (var row in lines.Where(l => l.Contains("j0 *", StringComparison.Ordinal))) Assert.DoesNotContain("LoadPartial", row, StringComparison.Ordinal);
    }

    [Fact]
    public void Sums_OverAnImageWithABorder_LeaveOutTheRowsOfZeros()
    {
        var source = CpuSource.Of(ModelCompiler.Lower(EmitModels.ConvNet()));
        // Five rows around each of twelve, two of them beyond the edge.
        Assert.Matches(@"int (j\d)From = Math\.Max\(0, -i\d \+ 2\), \1To = Math\.Max\(\1From, Math\.Min\(5, -i\d \+ 14\)\);", source);
    }

    [Fact]
    public void Products_OfFarRows_AskForThePanelToCome_AndCopyNoRowTwice()
    {
        var source = CpuSource.Of(ModelCompiler.Lower(EmitModels.FarRows()));
        Assert.Contains("// a part of the panel to come", source, StringComparison.Ordinal);
        // The gradients of the wide weights: all rows, some of the columns.
        Assert.Matches(@"const int first = 0, last = 256;\s+int columnsFrom = tile \* \d+,", source);
        // While tiles read a copy, they ask for the rows of the next: further columns, or the first ones of the block to come.
        Assert.Matches(@"float\* next = n0 \+ 16 < columnsTo \? (\w+) \+ n0 \+ 16 \+ k0 \* (\d+)L : \1 \+ columnsFrom \+ \(k0 \+ \d+\) \* \2L;", source);
        Assert.Contains("// a part of the copy to come", source, StringComparison.Ordinal);
    }

    [Fact]
    public void SumsOverRows_TakeStripsOfColumns_AndNoMoreLoopsThanThereAreColumns()
    {
        var source = CpuSource.Of(ModelCompiler.Lower(EmitModels.Mlp(20, 256, 21)));
        // Eight tasks of two lines each: four vectors of eight, or two of sixteen, and nothing left over.
        Assert.Matches(
            @"for \(int i0 = first; i0 < last; i0 \+= 32\)\s+\{"
                + @"\s+(Vector256<float> r\dSum = Vector256<float>\.Zero, r\dRest = Vector256<float>\.Zero;\s+){4}\{", source);
        Assert.Matches(
            @"for \(int i0 = first; i0 < last; i0 \+= 32\)\s+\{"
                + @"\s+(Vector512<float> r\dSum = Vector512<float>\.Zero, r\dRest = Vector512<float>\.Zero;\s+){2}\{", source);
        // Twenty-one: one line, then what is left of a second.
        Assert.Matches(
            @"for \(; i0 <= last - 16; i0 \+= 16\)\s+\{\s+(Vector256<float> r\dSum = Vector256<float>\.Zero, r\dRest = Vector256<float>\.Zero;\s+){2}\{",
            source);
        // Thirty-seven: two lines and five more, between which no loop stands.
        Assert.Matches(@"for \(; i0 <= last - 16; i0 \+= 16\)[^;]*(?:;(?!\s+for \(; i0)[^;]*)*;\s+\}\s+if \(i0 < last\)",
            CpuSource.Of(ModelCompiler.Lower(EmitModels.Mlp())));
        // A layer's scale and shift are summed together: a strip of both.
        Assert.Matches(@"i0 \+= 16\)\s+\{\s+(Vector256<float> r\dSum = Vector256<float>\.Zero, r\dRest = Vector256<float>\.Zero;\s+){4}\{",
            CpuSource.Of(ModelCompiler.Lower(EmitModels.FarRows())));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Kernels_DeclareNothingThatTheyDoNotRead(string name)
    {
        foreach (var method in Emitted(name).Text.Split("private static").Skip(1))
        {
            // Pointers into arguments, and named intermediate values.
            var declared = Regex.Matches(method, @"(?:float\*|int\*|var) (\w+__\d+|[tq]\d+_\d\w*) = ").GroupBy(m => m.Groups[1].Value);
            var words = Regex.Matches(method, @"\w+").GroupBy(m => m.Value).ToDictionary(w => w.Key, w => w.Count());
            foreach (var value in declared)
                Assert.True(words[value.Key] > value.Count(), $"{value.Key} in{method[..method.IndexOf('(', StringComparison.Ordinal)]}");
        }
    }

    [Fact]
    public void NormsOfChannels_TakeALineOfThem_WhenTheyAreSummedAndWhenTheyAreWritten()
    {
        // Seventeen channels, stored last: two vectors side by side, then one of which a single lane counts.
        var source = CpuSource.Of(ModelCompiler.Lower(EmitModels.Channels()));
        Assert.Matches(
            @"i0 \+= 16\)\s+\{\s+(Vector256<float> r\dSum = Vector256<float>\.Zero, r\dRest = Vector256<float>\.Zero;\s+){2}\{"
                + @"\s+float\* (\w+)__2 = \2 \+ \(i0\);\s+float\* \2__3 = \2 \+ \(i0 \+ 8\);", source);
        Assert.Matches(
            @"for \(int j0 = 0; j0 < \(n \* 42\); j0\+\+\)\s+\{\s+Avx\.Store\((\w+)__\d+ \+ j0 \* \d+, [^;]*;\s+Avx\.Store\(\1__\d+ \+ j0 \* \d+, [^;]*;\s+\}",
            source);
    }

    [Fact]
    public void Loops_NameBefore_WhatAllTheirTurnsWouldCompute()
    {
        foreach (var source in new[] { EmitModels.FarRows(), EmitModels.Channels(), EmitModels.Residual() }.Select(m => CpuSource.Of(ModelCompiler.Lower(m))))
        {
            // The standard deviation of a row or a channel, and one divided by it or by the size of the batch.
            Assert.Matches(@"var t\d+_\d+ = [^;]*Vector256\.Sqrt\([^;]*;\s+(var t\d+_\d+ = [^;]*;\s+)*(int j0 = 0;\s+)?for \((int j0 = 0)?;", source);
            Assert.DoesNotMatch(@"for \((int j\d = 0)?; (j\d) <=? [^;{}]*; \2 \+= 8\)\s+\{[^{}]*(Sqrt\(|Create\(1f\) / Vector256\.Create\(\(float\))", source);
        }
        // The same of the results of a tile: channels of all rows, stored last, or of the vectors of a row.
        foreach (var model in new[] { EmitModels.Channels(), EmitModels.Residual() })
        {
            var source = CpuSource.Of(ModelCompiler.Lower(model));
            Assert.Matches(@"var q\d+_0 = \(Vector256\.Create\(1f\) / Vector256\.Sqrt\(", source);
            Assert.DoesNotMatch(@"Store(Partial)?\([^;]*Vector256\.Sqrt\(", source);
        }
    }

    [Fact]
    public void Dots_OfWholeTurns_TakeSeveralVectorsInATurn()
    {
        var source = CpuSource.Of(ModelCompiler.Lower(EmitModels.Mlp(20, 256, 10)));
        Assert.Matches(@"for \(; k <= 256 - 32; k \+= 32\)\s+\{\s+var b0_0 = ", source);
        // What tiles leave over is kept short.
        Assert.Matches(@"for \(; k <= 256 - 8; k \+= 8\)\s+\{\s+var b0 = ", source);
    }

    [Fact]
    public void TasksInARow_ShareWhatNoCacheHolds()
    {
        // 27 rows for each sample: more than a cache holds, and the weights are not.
        var manyRows = CpuSource.Of(ModelCompiler.Lower(EmitModels.FarRows()));
        Assert.Matches(@"int first = tile / (\d+) \* \d+, last = .*\s+int columnsFrom = tile % \1 \* \d+,", manyRows);
        // A row for each sample, and larger weights: each part of them is read once.
        var wideWeights = CpuSource.Of(ModelCompiler.Lower(EmitModels.Mlp(784, 1024)));
        Assert.Matches(@"int first = tile % \(\(n \+ (\d+)\) / (\d+)\) \* \2, last = .*\s+int columnsFrom = tile / \(\(n \+ \1\) / \2\) \* \d+,", wideWeights);
    }

    [Theory]
    [InlineData(27, 300, 256)]
    [InlineData(0, 784, 1024)]
    public void TasksOfSomeRowsAndColumns_ComputeEachResult(int steps, int inputs, int outputs)
    {
        const int samples = 29;
        var rows = samples * Math.Max(1, steps);
        var model = new EmittedModel(Sketch.Model("ManyTasks",
            s => ([s.Op("Linear", steps == 0 ? s.Input("x", inputs) : s.Input("x", steps, inputs), new { outFeatures = outputs }, "fc")], null)));
        Assert.Matches(steps == 0 ? @"int first = tile % \(\(n \+ " : @"int first = tile / \d+ \* \d+, last", model.Text);
        using var batch = model.Fill(samples, 3);
        var output = new float[rows * outputs];
        Array.Fill(output, float.NaN);
        model.Model.Predict(batch, output);
        ReadOnlySpan<float> x = batch.Floats(0), w = model.Model.Parameters["fc.weight"].Values, b = model.Model.Parameters["fc.bias"].Values;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < outputs; column++)
            {
                double sum = b[column];
                for (var k = 0; k < inputs; k++) sum += (double)x[row * inputs + k] * w[column * inputs + k];
                if (!(Math.Abs(sum - output[row * outputs + column]) < 1e-4))
                    Assert.Fail($"Row {row}, column {column}: {output[row * outputs + column]}, not {sum}.");
            }
        }
    }

    [Fact]
    public void Sums_OverTheBatch_TakeSeveralSamplesInATurn_AndTheRestOneByOne()
    {
        var source = CpuSource.Of(ModelCompiler.Lower(EmitModels.Mlp(70, 131)));
        Assert.Matches(@"while \(B <= kEnd - \d+\)", source);
        Assert.Contains("while (B != kEnd)", source, StringComparison.Ordinal);
    }

    [Fact]
    public void DataGradient_OfAStride_CopiesTheWeightsOfAPhaseForAllRows()
    {
        var source = CpuSource.Of(ModelCompiler.Lower(EmitModels.StridedChannels()));
        // Four phases; in each block of a sum the columns of one, then all samples and rows.
        Assert.Matches(@"int point = tile(?: % 4)?;", source);
        Assert.Matches(@"Panels\.CopyRows\(c2_weight_padded \+ [^;]*;[\s}]+for \(int i0 = 0; i0 < n; i0\+\+\)", source);
        // Rows that meet the border in this block of the sum have no product.
        Assert.Matches(@"if \(k0 >= Math\.Max\(0, i1 [^;]*// the others would be products with padding", source);
    }

    [Fact]
    public void Products_OfAConvolution_AskForThePanelToCome()
    {
        // All rows of an image read a panel before the next.
        var source = CpuSource.Of(ModelCompiler.Lower(EmitModels.StridedChannels()));
        Assert.Matches(@"float\* next = B \+ \d+ \+ \(i1 \+ m / \d+\) % 4 \* \d+;   // a part of the panel to come", source);
    }

    [Fact]
    public void Products_WithAnotherMatrixForEachPoint_AskForTheColumnsToCome()
    {
        // 36 points of transformed filters, 64 columns of each at a time.
        var source =
            CpuSource.Of(ModelCompiler.Lower(Sketch.Model("Filters",
                s => ([s.Op("Conv2d", s.Input("x", 64, 32, 32), new { outChannels = 64, kernel = 3, padding = 1 }, "conv")], null))));
        Assert.Contains("float* next = (n0 + 16 < 64 ? B + 16 : B - n0 + 4096) + m / 6 % 4 * 1024;   // a part of the columns to come", source,
            StringComparison.Ordinal);
        Assert.Contains("Sse.Prefetch1(next); Sse.Prefetch1(next + 64); next += 128;", source, StringComparison.Ordinal);
    }

    [Fact]
    public void Dots_OverABatchOfLargeImages_TakeSomeSamplesForAllTiles()
    {
        var source = CpuSource.Of(ModelCompiler.Lower(EmitModels.LargeImages()));
        // The rows of the gradient that a block reads stay the same while its tiles go over the taps.
        Assert.Matches(@"for \(int k0 = 0; k0 < n; k0 \+= 2\)\s+\{\s+for \(int t = first; t < last; t\+\+\)\s+\{\s+int i\d = t % 5;\s+int rowsFrom = t / 5",
            source);
        // 29 columns: three vectors and five numbers.
        Assert.Contains("Lanes.First256(5)", source, StringComparison.Ordinal);
    }

    [Fact]
    public void CostlyFunctions_TakeTwoVectorsAtATime_WhereThereAreTwo()
    {
        // After a product of 300 columns: tiles of two vectors, and one of a vector and four numbers.
        var product = CpuSource.Of(ModelCompiler.Lower(EmitModels.FarRows()));
        Assert.Contains("var c0 = Pair256.Load(tileSums + row * 16);", product, StringComparison.Ordinal);
        Assert.Contains("Simd.Erf(", product, StringComparison.Ordinal);
        // A map over all numbers of a batch: pairs, then what is left over; a plain function has no use for them.
        var map = CpuSource.Of(ModelCompiler.Lower(EmitModels.Maps()));
        Assert.Matches(@"for \(; (i\d) <= last - 16; \1 \+= 16\)\s+\{[^}]*Pair256\.Store\([^}]*\}\s+for \(; \1 <= last - 8; \1 \+= 8\)", map);
        Assert.DoesNotContain("Pair256", CpuSource.Of(ModelCompiler.Lower(EmitModels.ConvNet())), StringComparison.Ordinal);
    }

    [Fact]
    public void Attention_OfALongSequence_HoldsNoMatrixOfAllWeights()
    {
        const int time = 258;
        var programs = ModelCompiler.Lower(EmitModels.LongAttention());
        foreach (var program in programs.All)
            foreach (var slot in program.Slots)
            {
                var (shape, name) = (program.Graph[slot.Node].Shape, program.Graph[slot.Node].Origin.Text);
                Assert.False(shape.Axes.Count(a => a.Factor == time) > 1, $"{shape} of {name}");
                // What a block needs is computed again for the backward part, not kept.
                if (program == programs.Train && shape.Axes.Any(a => a.Factor == time / 2) && shape.Axes.Count(a => a.Factor >= time / 2) > 1)
                    Assert.True(slot.Last < program.ForwardCalls || slot.First >= program.ForwardCalls,
                        $"{shape} of {name} lives from call {slot.First} to {slot.Last} of {program.ForwardCalls}");
            }
    }

    [Theory]
    [InlineData("MaxPool2d")]
    [InlineData("Relu")]
    [InlineData("Softmax")]
    public void Predict_OfNaN_PassesItOn(string op)
    {
        var model = new EmittedModel(Sketch.Model("NaNs", s =>
        {
            var x = s.Input("x", 1, 4, 40);
            return ([op == "MaxPool2d" ? s.Op(op, x, new { kernel = 2 }) : s.Op(op, x)], null);
        }));
        using var batch = model.Fill(1, 1);
        // In a whole vector, in the last lanes, and first in its window and last.
        foreach (var at in new[] { 0, 17, 39, 159 })
        {
            var values = batch.Floats(0);
            var kept = values[at];
            values[at] = float.NaN;
            var output = new float[model.Model.Info.OutputLength];
            model.Model.Predict(batch, output);
            values[at] = kept;
            Assert.Contains(output, float.IsNaN);
        }
    }

    [Fact]
    public void Stub_OfAWrongModel_HasEveryPublicMember()
    {
        // Code that uses a model with an error in it must show that error and no others.
        var stub = Generator.Emit.Api.StubEmitter.Emit("", "Mlp", []);
        foreach (var member in Emitted("Mlp").Model.GetType()
            .GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(m => m.Name))
            if (member != ".ctor" && !member.StartsWith("get_", StringComparison.Ordinal) && !member.StartsWith("set_", StringComparison.Ordinal))
                Assert.Matches($@"\b{member}\b", stub);
    }

    [Fact]
    public void Predict_OfSeveralOutputs_GivesRowAfterRow()
    {
        var model = new EmittedModel(Sketch.Model("TwoOutputs", s =>
        {
            var x = s.Input("x", 3);
            return ([s.Op("Tanh", x), x, s.Op("Linear", x, new { outFeatures = 2 }, "fc")], null);
        }));
        using var batch = model.Fill(4, 1);
        var output = new float[4 * 8];
        model.Model.Predict(batch, output);
        var evaluation = model.Graphs.Evaluation;
        var reference = new Generator.Graphs.Interpreter(evaluation, 4, model.Leaves(evaluation, batch));
        for (var row = 0; row < 4; row++)
        {
            double[] expected = [.. reference[evaluation.Outputs[0]][(3 * row)..(3 * row + 3)], .. reference[evaluation.Outputs[1]][(3 * row)..(3 * row + 3)],
                .. reference[evaluation.Outputs[2]][(2 * row)..(2 * row + 2)]];
            for (var k = 0; k < 8; k++) Assert.Equal(expected[k], output[8 * row + k], 1e-6);
        }
    }

    [Fact]
    public void Predict_IntoItsOwnInput_ReadsBeforeItWrites()
    {
        // Each column needs the whole row: what was written too early would be seen.
        const int size = 81;
        var model = new EmittedModel(Sketch.Model("SameShape", s => ([s.Op("Linear", s.Input("x", size), new { outFeatures = size }, "fc")], null)));
        Assert.Contains("protected override bool WritesOutputOnly => true;", model.Text, StringComparison.Ordinal);
        using var batch = model.Fill(size, 1);
        var output = new float[size * size];
        model.Model.Predict(batch, output);
        model.Model.Predict(batch, batch.Floats(0));
        Assert.Equal(output, batch.Floats(0).ToArray());
    }

    [Fact]
    public void Predict_IntoItsOwnParameters_ReadsBeforeItWrites()
    {
        // The first result would be the first weight of the samples after it.
        const int size = 16;
        var model = new EmittedModel(Sketch.Model("OneColumn", s => ([s.Op("Linear", s.Input("x", size), new { outFeatures = 1, bias = false }, "fc")], null)));
        Assert.Contains("protected override bool WritesOutputOnly => true;", model.Text, StringComparison.Ordinal);
        using var batch = model.Fill(size, 1);
        var output = new float[size];
        model.Model.Predict(batch, output);
        var weights = model.Model.Parameters["fc.weight"].Values;
        model.Model.Predict(batch, weights);
        Assert.Equal(output, weights.ToArray());
    }

    [Fact]
    public void Evaluate_WithoutALossOrAnOutput_IsNotANumber()
    {
        var model = new EmittedModel(Sketch.Model("NoLoss", s => ([s.Op("Linear", s.Input("x", 5), new { outFeatures = 7 }, "fc")], null)));
        using var batch = model.Fill(3, 1);
        Assert.True(float.IsNaN(model.Model.Evaluate(batch, [])));
        float[] evaluated = new float[21], predicted = new float[21];
        Assert.True(float.IsNaN(model.Model.Evaluate(batch, evaluated)));
        model.Model.Predict(batch, predicted);
        Assert.Equal(predicted, evaluated);
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(96, true)]
    public void Predict_ByBlocksOfASum_ReadsNothingBehindTheOutput(int columns, bool expected)
    {
        var source =
            CpuSource.Of(ModelCompiler.Lower(Sketch.Model("Blocks", s => ([s.Op("Linear", s.Input("x", 3000), new { outFeatures = columns }, "fc")], null))));
        // Whole vectors of what earlier blocks have summed, beyond the last row of 100 too.
        Assert.Contains("// The sums of the blocks before.", source, StringComparison.Ordinal);
        Assert.Equal(expected, source.Contains("protected override bool WritesOutputOnly => true;", StringComparison.Ordinal));
    }

    [Fact]
    public void Predict_OfAReshapedBlockedSum_CountsTheColumnsOfTheSum()
    {
        // Rows of 80 numbers, that are four of 20.
        var source =
            CpuSource.Of(ModelCompiler.Lower(Sketch.Model("Rows",
                s => ([s.Op("Flatten", s.Op("Linear", s.Input("x", 4, 3000), new { outFeatures = 20 }, "fc"))], null))));
        Assert.Contains("// The sums of the blocks before.", source, StringComparison.Ordinal);
        Assert.DoesNotContain("WritesOutputOnly", source, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_OfSeveralOutputs_OrdersThemInTheWorkspace()
    {
        var source = CpuSource.Of(ModelCompiler.Lower(Sketch.Model("TwoOutputs", s =>
        {
            var x = s.Input("x", 3);
            return ([s.Op("Tanh", x), s.Op("Linear", x, new { outFeatures = 2 }, "fc")], null);
        })));
        Assert.DoesNotContain("WritesOutputOnly", source, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_OfTheSameModel_IsTheSame() =>
        Assert.Equal(CpuSource.Of(ModelCompiler.Lower(EmitModels.ConvNet())), CpuSource.Of(ModelCompiler.Lower(EmitModels.ConvNet())));

    private static readonly Dictionary<string, EmittedModel> Models = [];

    // Compiling takes a second: once for all tests.
    private static EmittedModel Emitted(string name)
    {
        lock (Models) return Models.TryGetValue(name, out var known) ? known : Models[name] = new(EmitModels.All[name]());
    }

    private static bool Overlap(Generator.Programs.Program program, Slot a, Slot b)
    {
        bool Scales(Slot s) => program.Storage[s.Node].Whole.IsPerSample;
        if (Scales(a) != Scales(b) || a.Place.Region != b.Place.Region) return false;
        long Start(Slot s) => Scales(s) ? s.Place.PerSample : s.Place.Fixed;
        return Start(a) < Start(b) + b.LengthInFloats && Start(b) < Start(a) + a.LengthInFloats;
    }

    // One is written by the call that reads the other last, at exactly its place.
    // And reads it, under one view only, at the point it writes.
    private static bool TakesOver(Generator.Programs.Program program, Slot operand, Slot result)
    {
        if (operand.Last != result.First || operand.Place != result.Place || operand.LengthInFloats != result.LengthInFloats) return false;
        var call = program.Calls[result.First];
        int Memory(int argument) => program.Graph.Source(call.Arguments[argument]);
        var views = Enumerable.Range(0, call.Arguments.Count).Where(k => Memory(k) == operand.Node).ToList();
        var store = call.Kernel.Stages.OfType<StoreStage>().Single(s => Memory(s.Argument) == result.Node);
        return views.Count == 1 && call.Kernel.Stages.SelectMany(s => s.Expression.Loads()).Where(l => l.Node == views[0])
            .All(l => l.Index.Select(i => i.AsVariable()).SequenceEqual(store.Index.Select(i => i.AsVariable())));
    }
}
