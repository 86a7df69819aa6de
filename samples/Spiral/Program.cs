using Samples;
using Spiral;

return SampleApp.OnConsole(args, SpiralApp.Run);
