using KernelsSample;
using Samples;

return SampleApp.OnConsole(args, KernelsApp.Run);
