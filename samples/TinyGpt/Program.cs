using Samples;
using TinyGpt;

return SampleApp.OnConsole(args, TinyGptApp.Run);
