using System.Reflection;
using ILGPU;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;

namespace ModelGen.Ilgpu.Tests.Machine;

/// <summary>A kernel that the machine has loaded.</summary>
internal sealed class PtxKernel(PtxAccelerator accelerator, PTXCompiledKernel compiled, MethodInfo launcher) : Kernel(accelerator, compiled, launcher)
{
    private readonly PtxMachine _machine = accelerator.Machine;
    private readonly PtxProgram _program = new(accelerator.Machine.Rewrite(compiled.PTXAssembly));

    public static void Execute(PtxKernel kernel, KernelConfig config, object[] arguments) => kernel._machine.Run(
        kernel._program, KernelArguments.Bytes(kernel._program, arguments),
        (config.GridDim.X, config.GridDim.Y, config.GridDim.Z), (config.GroupDim.X, config.GroupDim.Y, config.GroupDim.Z));

    protected override void DisposeAcceleratorObject(bool disposing)
    {
    }
}
