// Prints where the Nu HTML checker (a Java program from npm) was put, and gets it the first time.
//
//     deno run --allow-read tests/nu.mjs
//
// tests/publish/test_valid_html.py runs it with Java.
import jar from "npm:vnu-jar@26.9.27";

console.log(String(jar));
