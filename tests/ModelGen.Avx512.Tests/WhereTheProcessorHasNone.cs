using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("ModelGen.Avx512.Tests.WhereTheProcessorHasNone", "ModelGen.Avx512.Tests")]

namespace ModelGen.Avx512.Tests;

/// <summary>Runs the tests of this project where the processor has no AVX-512. Where it has, ModelGen.Tests runs the same kernels on the instructions
/// themselves, and only <see cref="ChoiceTests"/> is left here.</summary>
/// <param name="messages">Takes the runner's messages.</param>
public sealed class WhereTheProcessorHasNone(IMessageSink messages) : XunitTestFramework(messages)
{
    /// <summary>Gets a value indicating whether the kernels of sixteen lanes run natively in ModelGen.Tests.</summary>
    public static bool IsNative => System.Runtime.Intrinsics.X86.Avx512F.IsSupported;

    /// <inheritdoc/>
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider sources, IMessageSink messages)
        : XunitTestFrameworkExecutor(assembly, sources, messages)
    {
        protected override void RunTestCases(IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink,
            ITestFrameworkExecutionOptions executionOptions) =>
            base.RunTestCases(
                IsNative ? testCases.Where(t => t.TestMethod.TestClass.Class.Name == typeof(ChoiceTests).FullName) : testCases, executionMessageSink,
                executionOptions);
    }
}
