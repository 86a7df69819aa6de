using CifarSample;
using Samples;

return SampleApp.OnConsole(args, CifarApp.Run);
