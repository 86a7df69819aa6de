using Microsoft.CodeAnalysis;

namespace ModelGen.Gpu.Tests.Rules;

/// <summary>Each rule fires on the smallest kernel that breaks it, and only that rule.</summary>
public sealed class EmittedKernelRulesTests
{
    private const string Y = "ArrayView<float> y";

    [Theory]
    [InlineData(KernelRule.IndexParameter, "public static void F(Index1D i, ArrayView<float> y) => y[i] = 1f;")]
    [InlineData(KernelRule.TooManyParameters,
        "public static void F(ArrayView<float> y, int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l, int m, int "
            + "n) => y[0] = 1f;")]
    [InlineData(KernelRule.ParameterType, "public static void F(ArrayView<float> y, bool flag) { if (flag) y[0] = 1f; }")]
    [InlineData(KernelRule.ParameterType, "public static void F(ArrayView<float> y, string name) => y[0] = 1f;")]
    [InlineData(KernelRule.ParameterType, "public static void F(ArrayView<float> y, ref int a) => y[0] = a;")]
    [InlineData(KernelRule.ParameterType, "public struct S { public ArrayView<float> Y; public bool B; } public static void F(S s) => s.Y[0] = 1f;")]
    [InlineData(KernelRule.StructNotPublic, "struct S { public ArrayView<float> Y; } static void F(S s) => s.Y[0] = 1f;")]
    [InlineData(KernelRule.Throw, "public static void F(ArrayView<float> y, int n) { if (n < 0) throw null!; y[0] = 1f; }")]
    [InlineData(KernelRule.Try, "public static void F(ArrayView<float> y) { try { y[0] = 1f; } finally { y[1] = 1f; } }")]
    [InlineData(KernelRule.Stackalloc, "public static unsafe void F(ArrayView<float> y) { float* p = stackalloc float[4]; y[0] = p[0]; }")]
    [InlineData(KernelRule.Delegate, "public static void F(ArrayView<float> y) { void G() { } G(); y[0] = 1f; }")]
    [InlineData(KernelRule.ManagedObject, "public static void F(ArrayView<float> y) { var a = new float[4]; y[0] = a[0]; }")]
    [InlineData(KernelRule.ManagedObject, "public static void F(ArrayView<float> y, int n) { object o = n; y[0] = 1f; }")]
    [InlineData(KernelRule.StaticMutableField, "static float rate; public static void F(ArrayView<float> y) => y[0] = rate;")]
    [InlineData(KernelRule.Recursion,
        "public static void F(ArrayView<float> y) => y[0] = G(3); static float G(int n) { if (n == 0) return 1f; return G(n - 1); }")]
    [InlineData(KernelRule.BannedType, "public static void F(ArrayView<float> y, int n) { Span<float> s = default; y[0] = n; }")]
    [InlineData(KernelRule.BannedType, "public static void F(ArrayView<float> y, int n) => y[0] = BitConverter.Int32BitsToSingle(n);")]
    [InlineData(KernelRule.BannedType,
        "public static void F(ArrayView<float> y, float a) => y[0] = System.Runtime.CompilerServices.Unsafe.As<float, float>(ref a);")]
    [InlineData(KernelRule.BannedType, "public static void F(ArrayView<float> y, uint n) => y[0] = System.Numerics.BitOperations.PopCount(n);")]
    [InlineData(KernelRule.BannedType, "public static void F(ArrayView<float> y, float a) { System.Numerics.Vector4 v = default; y[0] = a; }")]
    [InlineData(KernelRule.BannedType, "public static void F(ArrayView<float> y, float a) { System.Half h = default; y[0] = a; }")]
    [InlineData(KernelRule.BannedType,
        "[System.Runtime.CompilerServices.InlineArray(4)] public struct Four { float f; } public static void F(ArrayView<float> y) { Four v "
            + "= default; y[0] = 1f; }")]
    [InlineData(KernelRule.BannedCall, "public static void F(ArrayView<float> y, float a) => y[0] = MathF.FusedMultiplyAdd(a, a, a);")]
    [InlineData(KernelRule.BannedCall, "public static void F(ArrayView<float> y, float a) => y[0] = MathF.Log2(a);")]
    [InlineData(KernelRule.BannedCall, "public static void F(ArrayView<float> y, float a) => y[0] = MathF.Cbrt(a);")]
    [InlineData(KernelRule.BannedCall, "public static void F(ArrayView<float> y, float a) => y[0] = MathF.ReciprocalSqrtEstimate(a);")]
    [InlineData(KernelRule.BannedCall, "public static void F(ArrayView<float> y, float a) => y[0] = MathF.CopySign(a, -1f);")]
    [InlineData(KernelRule.BannedCall, "public static void F(ArrayView<float> y, float a) => y[0] = MathF.Tanh(a);")]
    [InlineData(KernelRule.BannedCall, "public static void F(ArrayView<float> y, float a) => y[0] = float.Tanh(a);")]
    [InlineData(KernelRule.BannedCall, "public static void F(ArrayView<float> y, float a) => y[0] = MathF.Floor(a);")]
    [InlineData(KernelRule.BannedCall, "public static void F(ArrayView<float> y, float a) => y[0] = MathF.Round(a);")]
    [InlineData(KernelRule.BannedCall, "public static void F(ArrayView<float> y, float a) => y[0] = (float)Math.Exp(a);")]
    [InlineData(KernelRule.FloatTernary, "public static void F(ArrayView<float> y, float a) => y[0] = a > 0f ? a : 0f;")]
    [InlineData(KernelRule.DoublePrecision, "public static void F(ArrayView<float> y, float a) => y[0] = (float)(a * 0.5);")]
    [InlineData(KernelRule.SharedMemory,
        "public static void F(ArrayView<float> y) { var a = SharedMemory.Allocate<float>(8192); var b = SharedMemory.Allocate<float>(4097); "
            + "y[0] = a[0] + b[0]; }")]
    [InlineData(KernelRule.Throw, "public static void F(ArrayView<float> y) => y[0] = G(1f); static float G(float a) { if (a < 0f) throw null!; return a; }")]
    public void Rule_OnASmallestExample_Fires(KernelRule rule, string members)
    {
        var violations = EmittedKernelRules.Check(KernelSource.CompileMembers(members));
        Assert.NotEmpty(violations);
        Assert.All(violations, violation => Assert.Equal(rule, violation.Rule));
    }

    [Fact]
    public void TooLong_FiresFrom1001Statements()
    {
        Assert.Empty(Check($"public static void F({Y}, float a) {{ {Repeat(998)} y[0] = a; }}"));
        Assert.Equal(KernelRule.TooLong, Assert.Single(Check($"public static void F({Y}, float a) {{ {Repeat(1000)} y[0] = a; }}")).Rule);

        static string Repeat(int count) => string.Concat(Enumerable.Repeat("a = a * a;", count));
    }

    [Fact]
    public void Loading_WithoutSpecializationOrAutoGrouped_Fires()
    {
        // The double leaves these loaders out, so their names stand in.
        const string source = """
            namespace ILGPU.Runtime
            {
                public static class Loaders
                {
                    public static void LoadStreamKernel<T>(object a, System.Action<T> k) { }
                    public static void LoadAutoGroupedStreamKernel<T>(object a, System.Action<T> k) { }
                }
            }
            public static class Host
            {
                public static void Load(object a)
                {
                    ILGPU.Runtime.Loaders.LoadStreamKernel<int>(a, null!);
                    ILGPU.Runtime.Loaders.LoadAutoGroupedStreamKernel<int>(a, null!);
                }
            }
            """;
        Assert.Equal(
            [KernelRule.MissingSpecialization, KernelRule.AutoGrouped],
            EmittedKernelRules.Check(KernelSource.Compile(source)).Select(violation => violation.Rule));
    }

    [Fact]
    public void SharedTwoDimensional_Fires()
    {
        const string source = """
            using ILGPU;
            namespace Own
            {
                public static class SharedMemory { public static float Allocate2D<T>(int x, int y) => x; }
                public static class K { public static void F(ArrayView<float> y) => y[0] = SharedMemory.Allocate2D<float>(4, 4); }
            }
            """;
        Assert.Equal(KernelRule.SharedTwoDimensional, Assert.Single(EmittedKernelRules.Check(KernelSource.Compile(source))).Rule);
    }

    [Fact]
    public void Host_Code_IsLeftAlone() => Assert.Empty(Check("""
        static float state;
        public static void Load(Accelerator a, ArrayView<float> y) { if (a is null) throw new ArgumentNullException(nameof(a)); state = 1f; }
        public static float Twice(float a) => a > 0f ? a : MathF.Tanh(a);
        """));

    [Fact]
    public void Violation_SaysFileLineRuleMethodAndReplacement()
    {
        var violation = Assert.Single(Check("public static void Act(ArrayView<float> y, float a) => y[0] = MathF.Tanh(a);"));
        Assert.Equal(
            "Kernels0.cs(8): BannedCall in Act: MathF.Tanh becomes tanh.approx, good to 2^-11; write tanh by exp, or use XMath.Tanh",
            violation.ToString());
    }

    [Theory]
    [InlineData("runtime/ModelGen.Gpu/Optimizers/OptimizerKernels.cs")]
    [InlineData("tests/ModelGen.Gpu.Tests/Session/TinyKernels.cs")]
    public void Kernels_WrittenByHand_KeepTheRules(string path)
    {
        var files = path.Contains("Optimizer")
            ? new[] { path, "runtime/ModelGen.Gpu/Optimizers/SgdConstants.cs", "runtime/ModelGen.Gpu/Optimizers/AdamConstants.cs" }
            : [path];
        var compilation = KernelSource.Compile([.. files.Select(file => File.ReadAllText(Path.Combine(Root(), file)))]);
        Assert.Empty(EmittedKernelRules.Check(compilation).Select(violation => violation.ToString()));
        Assert.True(compilation.GetSymbolsWithName(_ => true, SymbolFilter.Member).OfType<IMethodSymbol>().Count(EmittedKernelRules.IsKernel) >= 5);
    }

    private static IReadOnlyList<KernelViolation> Check(string members) => EmittedKernelRules.Check(KernelSource.CompileMembers(members));

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ModelGen.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("The tests do not run inside the repository.");
    }
}
