// The one place that knows where the web jars lie; index.html knows uPlot's style sheet. The versions are those of pom.xml.
export { Client } from "../webjars/stomp__stompjs/7.2.1/esm6/index.js";
export { default as uPlot } from "../webjars/uplot/1.6.30/dist/uPlot.esm.js";
